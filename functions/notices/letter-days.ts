import * as z from 'zod';
import { env } from '#shared/env.ts';

/** After so many days a letter is due to whom no mail reaches. */
export const { NOTICE_LETTER_DAYS: letterDays } = env({
  NOTICE_LETTER_DAYS: z.coerce.number().int().min(0).max(60),
});
