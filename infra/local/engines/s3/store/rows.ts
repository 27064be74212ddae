import * as z from 'zod';
import { Segment } from './segments.ts';

const json = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)));

export const Settings = z.object({
  name: z.string(),
  versioned: z.boolean(),
  kmsKeyArn: z.string().optional(),
  bucketKey: z.boolean().optional(),
});
export type Settings = z.infer<typeof Settings>;

/** Headers that come back as they were given, `x-amz-meta-…` among them. */
export const Kept = z.record(z.string(), z.string());
export type Kept = z.infer<typeof Kept>;

export const Checksum = z.object({ algorithm: z.enum(['CRC32', 'SHA256']), value: z.string() });
export type Checksum = z.infer<typeof Checksum>;

export const Stored = z.object({
  seq: z.number(),
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  isDeleteMarker: z.number().transform(Boolean),
  sizeBytes: z.number(),
  etag: z.string(),
  at: z.number(),
  kept: json(Kept),
  checksum: json(Checksum.nullable()),
  segments: json(z.array(Segment)),
});
export type Stored = z.infer<typeof Stored>;

export const Upload = z.object({
  id: z.string(),
  bucket: z.string(),
  key: z.string(),
  kept: json(Kept),
  algorithm: z.enum(['CRC32', 'SHA256']).nullable(),
});
export type Upload = z.infer<typeof Upload>;

export const Part = z.object({
  number: z.number(),
  etag: z.string(),
  checksum: json(Checksum.nullable()),
  segment: json(Segment),
});
export type Part = z.infer<typeof Part>;
