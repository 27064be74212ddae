import * as z from 'zod';
import { postingReport, returnReport } from '#shared/http/print-reports.ts';

const instant = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);

/** Most sheets that one report may name: a batch holds the letters of two hundred records. */
const mostSheets = 1000;

/** The day on which its letters were due, and its number on that day. */
const batchName = z.string().regex(/^\d{8}-\d{3}$/);
export const BatchName = z.strictObject({ batch: batchName });

export const BatchesQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
});

/** A batch of sheets that tell notices, as agents and the print shop see it. */
export const Batch = z.strictObject({
  batch: batchName,
  day: z.string(),
  state: z.enum(['ready', 'posted']),
  readyAt: instant,
  letters: count,
  sizeBytes: count,
  /** Of the sheets, in hexadecimal. */
  sha256: z.string(),
  postedOn: z.string().optional(),
  exceptions: count.optional(),
  returned: count.optional(),
  /** Only when one batch is read: letters that are not to be posted, told as exceptions of the posting. */
  withhold: z.array(z.string()).optional(),
});
export type Batch = z.infer<typeof Batch>;
export const Batches = z.strictObject({ batches: z.array(Batch), next: z.string().optional() });

/** What the print shop checks its work by. Nobody is named in it. */
export const Manifest = z.strictObject({
  batch: batchName,
  madeAt: instant,
  letters: count,
  sizeBytes: count,
  sha256: z.string(),
  pages: z.array(z.strictObject({ page: z.int().min(1), reference: z.string() })),
});

export const PostingReport = postingReport(mostSheets);
export type PostingReport = z.infer<typeof PostingReport>;

export const ReturnReport = returnReport(500);

export const Reported = z.strictObject({ batch: batchName, status: z.literal('accepted') });
