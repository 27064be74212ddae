import * as z from 'zod';
import { env } from '#shared/env.ts';

/** After so many days a letter is due to whom no mail reaches; never on the same one, whose letters may be printed by then. */
export const { NOTICE_LETTER_DAYS: letterDays } = env({
  NOTICE_LETTER_DAYS: z.coerce.number().int().min(1).max(60),
});
