import * as z from 'zod';
import { day } from '#shared/http/day.ts';
import { cardSerial, code, nir } from './schema-fields.ts';

/** Of a child: which of several who were born on one day (ENR-22). */
export const rank = z.int().min(1).max(9).optional();

/** A child, claimed by the NIR of the guardian to whom the insurance body attaches it (ENR-22). */
export const Certified = z.strictObject({
  birthDate: day,
  rank,
  /** Whether the caller certifies that he is the legal representative (ENR-23). */
  certifies: z.boolean(),
});

export const OppositionRequest = z.strictObject({
  nir,
  cardSerial,
  code,
  /** Of an objection for a child; the NIR is then the guardian's, the card that on which the child stands. */
  child: Certified.optional(),
});
export type OppositionRequest = z.infer<typeof OppositionRequest>;

export const CodeRequest = z.strictObject({
  nir,
  cardSerial,
  birthDate: day,
  /** Of a wish for a child: the birth date is the child's, the NIR its guardian's. */
  child: z.strictObject({ rank }).optional(),
  /** How the code is to come; by mail unless said. */
  by: z.enum(['mail', 'letter', 'sms']).optional(),
});
export type CodeRequest = z.infer<typeof CodeRequest>;

/** The same for everybody: it does not say whether the person is known. */
export const CodeRequested = z.strictObject({ status: z.literal('accepted'), message: z.string() });
