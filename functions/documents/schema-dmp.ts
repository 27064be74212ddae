import * as z from 'zod';
import { DocumentReference } from './schema.ts';

const instant = z.iso.datetime({ offset: true });
const text = z.string().min(1).max(400);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const most = { documents: 5_000, lines: 50_000 } as const;

/** Opaque name of a transfer, chosen by the operator of the DMP; it stands in keys of objects and in messages. */
export const TransferName = z.string().regex(/^[a-z0-9]{26}$/);

/** A person or house as the DMP names him. */
const Who = z.strictObject({
  /** His national id, or the house's. */
  id: text,
  name: text.optional(),
  role: text.optional(),
  structure: text.optional(),
});

const PackedDocument = z.strictObject({
  /** Name of the object that holds the content: `contents/<transfer>/<content>`. */
  content: z.string().regex(/^\d{1,6}$/),
  /** Of the content's bytes, hexadecimal. */
  sha256,
  sizeBytes: z.int().min(1).max(200_000_000),
  /** What describes it, as ITI-67 answers it: identifier of the producer, status, labels and replacements included. */
  resource: DocumentReference,
});
export type PackedDocument = z.infer<typeof PackedDocument>;

/** What was paid back for an act or a drug. Amounts in cents. */
const Reimbursement = z.strictObject({
  on: z.iso.date(),
  label: text,
  code: text.optional(),
  by: Who.optional(),
  amountCents: z.int().min(0),
  paidCents: z.int().min(0),
});

const Block = z.strictObject({ who: Who, since: instant, until: instant.optional() });
const Authorisation = z.strictObject({
  who: Who,
  role: text.optional(),
  since: instant,
  until: instant.optional(),
});
const Trace = z.strictObject({
  who: Who,
  at: instant,
  /** As the DMP called it. */
  what: text,
  mode: z.enum(['normal', 'break-glass', 'regulation']).optional(),
  /** The producer's identifier of the document. */
  document: text.optional(),
});

/** What is counted and hashed as one: the lists of a package. */
export const Lists = z.strictObject({
  documents: z.array(PackedDocument).max(most.documents),
  reimbursements: z.array(Reimbursement).max(most.lines),
  blocks: z.array(Block).max(most.lines),
  authorisations: z.array(Authorisation).max(most.lines),
  traces: z.array(Trace).max(most.lines),
});
export type Lists = z.infer<typeof Lists>;

const count = z.int().min(0);

/** The manifest of a package: one DMP, whole. Its format is told in docs/dmp-transfer.md. */
export const Manifest = Lists.extend({
  format: z.literal('dmp-transfer-1'),
  transfer: TransferName,
  /** Who hands it over. */
  source: text,
  createdAt: instant,
  /** INS (NIR with its key) and birth date: both must fit. */
  owner: z.strictObject({ ins: z.string().regex(/^[0-9AB]{15}$/), birthDate: z.iso.date() }),
  counts: z.strictObject({
    documents: count,
    reimbursements: count,
    blocks: count,
    authorisations: count,
    traces: count,
  }),
  /** SHA-256 over the canonical JSON (RFC 8785) of the five lists as one object, hexadecimal. */
  hash: sha256,
});
export type Manifest = z.infer<typeof Manifest>;
