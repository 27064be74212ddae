import * as z from 'zod';
import { postingReport, returnReport } from '#shared/http/print-reports.ts';
import { departments } from '#shared/kernel/departments.ts';
import { AgentOppositionRequest, WaveName } from './schema.ts';

const instant = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);

/** Most letters of a batch. */
export const mostLetters = 500;

const batchName = z.string().regex(/^\d{8}-[0-9AB]{2,3}-[a-z0-9]{10}$/);
export const BatchName = z.strictObject({ batch: batchName });

/** The letters of a département, or of all of a wave's. */
export const LetterOrder = z.union([z.strictObject({ department: z.enum(departments) }), WaveName]);
export type LetterOrder = z.infer<typeof LetterOrder>;
export const LettersOrdered = z.strictObject({
  departments: z.array(z.string()),
  orderedAt: instant,
});

export const Batch = z.strictObject({
  batch: batchName,
  department: z.string(),
  /** `printing` until the sheets can be fetched; a batch in which nobody was left is `void`. */
  state: z.enum(['printing', 'ready', 'void', 'posted']),
  begunAt: instant,
  readyAt: instant.optional(),
  letters: count.optional(),
  sizeBytes: count.optional(),
  /** Of the sheets, in hexadecimal. */
  sha256: z.string().optional(),
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
  department: z.string(),
  madeAt: instant,
  letters: count,
  sizeBytes: count,
  sha256: z.string(),
  pages: z.array(z.strictObject({ page: z.int().min(1), reference: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export const PostingReport = postingReport(mostLetters);
export type PostingReport = z.infer<typeof PostingReport>;

export const ReturnReport = returnReport(mostLetters);
export type ReturnReport = z.infer<typeof ReturnReport>;

export const Reported = z.strictObject({ batch: batchName, status: z.literal('accepted') });

const { nir, cardSerial, birthDate, rank, channel, checks } = AgentOppositionRequest.shape;
/** A person who asks an agent for a letter with a new code. */
export const LetterRequest = z.strictObject({
  ...{ nir, cardSerial, birthDate, rank, channel, checks },
});
export type LetterRequest = z.infer<typeof LetterRequest>;
export const LetterRequested = z.strictObject({ status: z.literal('accepted') });
