import * as z from 'zod';

export const context = z.record(z.string(), z.string()).default({});
export const blob = z.base64().transform((text) => Buffer.from(text, 'base64'));
export const algorithm = z.literal('SYMMETRIC_DEFAULT').optional();
/** The branch key store sends an empty list. */
export const grantTokens = z.array(z.string()).max(0).optional();
