import * as z from 'zod';
import { day } from './day.ts';

const instant = z.iso.datetime({ precision: 3 });
/** As it stands on a letter, with or without its spaces. */
const reference = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9]{16}$/));

/** What a print shop tells of the posting of a batch of at most so many sheets. */
export const postingReport = (most: number) =>
  z.strictObject({
    /** Civil day in Paris on which the post took the batch. */
    postedOn: day,
    /** Letters that were not posted: they are made again, where they still hold. */
    exceptions: z.array(reference).max(most).default([]),
  });

/** What a print shop tells of letters that came back; at most so many in one report. */
export const returnReport = (most: number) =>
  z.strictObject({
    returns: z
      .array(
        z.strictObject({
          reference,
          /** Civil day on which the letter came back. */
          returnedOn: day,
          reason: z.enum([
            'unknown-at-address',
            'moved',
            'refused',
            'unclaimed',
            'deceased',
            'other',
          ]),
        }),
      )
      .min(1)
      .max(most),
  });

/** As a batch keeps them. */
export const Posting = z.object({
  on: z.string(),
  reportedAt: instant,
  exceptions: z.array(z.string()),
});
export const Returned = z.object({ reference: z.string(), on: z.string(), reason: z.string() });
