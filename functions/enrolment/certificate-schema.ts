import * as z from 'zod';

const instant = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);

/** A public key as JOSE writes it (RFC 7517). */
export const PublicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  /** Thumbprint of the key (RFC 7638). */
  kid: z.string(),
  use: z.literal('sig'),
});
export type PublicKey = z.infer<typeof PublicKey>;
export const PublicKeys = z.strictObject({ keys: z.array(PublicKey) });

/** What was erased of a record, and when. Pseudonyms, counts and instants only. */
export const DeletionCertificate = z.strictObject({
  v: z.literal(1),
  kind: z.literal('deletion-certificate'),
  /** Which deployment did it. */
  deployment: z.string(),
  record: z.string(),
  /** The first deletion of the record, the second … */
  deletion: z.int().min(1),
  /** `holder-died`: kept the same years after a death. */
  cause: z.enum(['asked', 'kept-long-enough', 'holder-died']),
  closedAt: instant.optional(),
  askedAt: instant.optional(),
  begunAt: instant,
  /** The key under which all content was sealed: what may be left anywhere opens no more. */
  keyDestroyedAt: instant,
  /** Until then a function that was running might still have known the key. */
  cachesEmptyAt: instant,
  /** Documents that were filed, and versions of contents in the vault, all erased. */
  documents: count,
  versions: count,
  contentErasedAt: instant,
  noticesErasedAt: instant,
  finishedAt: instant,
});
export type DeletionCertificate = z.infer<typeof DeletionCertificate>;

/** A certificate with the signature over its canonical JSON (RFC 8785): ECDSA, SHA-256, DER as base64. */
export const SignedCertificate = z.strictObject({
  certificate: DeletionCertificate,
  /** In the one way in which base64 writes it: bits that a reader would drop are a change, too. */
  signature: z.base64().refine((text) => Buffer.from(text, 'base64').toString('base64') === text),
  algorithm: z.literal('ECDSA_SHA_256'),
  key: PublicKey,
});
export type SignedCertificate = z.infer<typeof SignedCertificate>;
