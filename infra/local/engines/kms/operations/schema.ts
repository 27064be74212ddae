import * as z from 'zod';

export const context = z.record(z.string(), z.string()).default({});
export const blob = z.base64().transform((text) => Buffer.from(text, 'base64'));
export const algorithm = z.literal('SYMMETRIC_DEFAULT').optional();
/** The branch key store sends an empty list. */
export const grantTokens = z.array(z.string()).max(0).optional();

/** What is signed: the message itself, which KMS takes up to 4,096 bytes; a digest is not played. */
export const signing = {
  KeyId: z.string(),
  Message: blob.refine(({ length }) => length >= 1 && length <= 4096),
  MessageType: z.literal('RAW').optional(),
  SigningAlgorithm: z.literal('ECDSA_SHA_256'),
  GrantTokens: grantTokens,
};
