import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { DocumentReference } from './schema.ts';

/** What stands in clear of a document: ids and instants only. */
export const Filed = z.object({
  document: z.string(),
  version: z.int(),
  status: z.enum(['current', 'superseded']),
  receivedAt: z.iso.datetime({ precision: 3 }),
  /** Of this version of what describes it (entryUUID, DOC-27). */
  entry: z.string(),
  /** Whose it is where two records were merged: the holder of the one that was taken in. */
  origin: z.string().optional(),
  /** That it came back out of a wrong merge: the line that parted the records. */
  returned: z.string().optional(),
  /** Of a document that came with a DMP: with which package. */
  dmp: z.string().optional(),
  sealed: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type Filed = z.infer<typeof Filed>;

/** What is sealed: everything that says something of the person. */
export const Described = z.object({
  resource: DocumentReference,
  /** SHA-256 of the content, base64url. */
  sha256: z.string(),
  /** Who deposited: the key under which a repetition is found. */
  unique: z.string(),
});
export type Described = z.infer<typeof Described>;

/** Packed before it is sealed, so that reading a document stays one unit: at most 4 KB. */
export function pack(described: Described): { packed: string } {
  return { packed: deflateRawSync(JSON.stringify(described)).toString('base64') };
}

const Packed = z.object({ packed: z.string() });

/** What was packed; throws on what was not. */
export function unpack(value: unknown): Described {
  const { packed } = Packed.parse(value);
  // What describes a document came within some megabytes; nothing larger is unfolded.
  const bytes = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: 8_000_000 });
  return Described.parse(JSON.parse(bytes.toString('utf8')));
}
