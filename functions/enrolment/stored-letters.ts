import * as z from 'zod';
import { Posting, Returned } from '#shared/http/print-reports.ts';

const instant = z.iso.datetime({ precision: 3 });
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** The end of its own chain in the journal (subject `letters:<name>`). */
const chained = { version: z.int(), headSeq: z.int(), headHash: z.string() };

/** Letters of one département for the print shop. `filling`: people enter; `sealed`: nobody does, it is being printed. */
export const LetterBatch = z.object({
  batch: z.string(),
  department: z.string(),
  state: z.enum(['filling', 'sealed', 'ready', 'void', 'posted']),
  begunAt: instant,
  readyAt: instant.optional(),
  /** The bytes of the sheets, by which both objects are named. */
  sha256: z.string().optional(),
  sizeBytes: z.int().optional(),
  letters: z.int().optional(),
  posting: Posting.optional(),
  returns: z.array(Returned).optional(),
  ...chained,
});
export type LetterBatch = z.infer<typeof LetterBatch>;

/** One letter of a batch: whose, and the code in it, sealed until it is posted. */
export const Member = z.object({
  place: z.int(),
  holder: z.string(),
  reference: z.string(),
  kind: z.enum(['invitation', 'code']),
  sealed: bytes.optional(),
  /** The salt of the code in it: by this it is known again. */
  salt: bytes,
  /** The version of his status as he entered the batch: facts that came later are newer than his letter. */
  version: z.int().optional(),
  /** He asked for it: so it is made again, whatever becomes of his wave, if its sheet is spoiled. */
  asked: z.literal(true).optional(),
  /** It brings a code in the place of one that was blocked, and says so. */
  afterBurning: z.literal(true).optional(),
  became: z.enum(['posted', 'spoiled', 'nothing', 'returned']).optional(),
});
export type Member = z.infer<typeof Member>;

/** That the letters of a département are to be printed, until nobody is left. */
export const PrintOrder = z.object({
  department: z.string(),
  state: z.enum(['running', 'done']),
  orderedAt: instant,
  /** Only letters that were asked for: nobody's wave has come so far. */
  wishesOnly: z.literal(true).optional(),
  /** The batch in hand. */
  batch: z.string().optional(),
  ...chained,
});
export type PrintOrder = z.infer<typeof PrintOrder>;
