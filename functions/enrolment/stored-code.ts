import * as z from 'zod';

const instant = z.iso.datetime({ precision: 3 });
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Argon2id parameters, kept with each hash so that they can be raised. */
export const CodeHash = z.object({
  memoryKiB: z.int().min(8),
  passes: z.int().min(1),
  parallelism: z.int().min(1),
});
export type CodeHash = z.infer<typeof CodeHash>;

const hashed = {
  ...{ salt: bytes, hash: bytes, params: CodeHash },
  /** A byte that says of several codes which one is not meant; not there for who was sent his before it was kept. */
  hint: z.string().optional(),
};

/** The code that may be used now. */
export const CurrentCode = z.object({
  ...hashed,
  generation: z.int(),
  sentAt: instant,
  validUntil: instant,
  failures: z.int(),
  burntAt: instant.optional(),
  /** When the person was told that the code is blocked. */
  burnToldAt: instant.optional(),
  usedAt: instant.optional(),
  /** A minor asked for it himself: it opens nothing to his guardians, nor theirs anything to him (MIN-4). */
  ofMinor: z.literal(true).optional(),
});
export type CurrentCode = z.infer<typeof CurrentCode>;

/** A code made but not yet accepted by the mail service; sealed, so that a repeat sends the same. */
export const NextCode = z.object({
  ...{ ...hashed, purpose: z.string(), sealed: bytes },
  /** A minor asked for it himself. */
  ofMinor: z.literal(true).optional(),
});
export type NextCode = z.infer<typeof NextCode>;

export const Code = z.object({
  holder: z.string(),
  revision: z.int(),
  current: CurrentCode.optional(),
  next: NextCode.optional(),
  /** Number of the journal line of a request that is not answered yet. */
  requested: z.int().optional(),
  requestedAt: instant.optional(),
  /** That request is to be answered by text message, not by mail. */
  requestedBy: z.literal('sms').optional(),
  /** A minor asked for it himself: it goes to his own address. */
  requestedByMinor: z.literal(true).optional(),
  /** The département whose print run is to bring the code that was asked for by letter. */
  letterFor: z.string().optional(),
  /** That letter was ordered for him, since ten wrong codes had his own blocked; it says so. */
  afterBurning: z.literal(true).optional(),
  /** Of a wish through an agent: its line, by which a repeat is known. */
  requestId: z.string().optional(),
});
export type Code = z.infer<typeof Code>;
