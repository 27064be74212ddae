import * as z from 'zod';
import { env } from '#shared/env.ts';

/** Version of the conditions of use that stand now: whoever activates accepts these. */
export const { CONDITIONS_VERSION: conditionsVersion } = env({
  CONDITIONS_VERSION: z.string().min(1),
});
