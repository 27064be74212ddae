import * as z from 'zod';
import { day } from '#shared/http/day.ts';
import { nir } from './schema-fields.ts';

const orders = ['lift-block', 'withdraw', 'restore'] as const;
export type GuardianshipOrder = (typeof orders)[number];

const checks = [
  'identity-paper',
  'family-book',
  'birth-certificate',
  'court-order',
  'entered-in-error',
] as const;
export type GuardianshipCheck = (typeof checks)[number];

const about = {
  /** Of the guardian to whom the insurance body attaches the child, or the child's own. */
  nir,
  /** The child's. */
  birthDate: day,
  rank: z.int().min(1).max(9).optional(),
  channel: z.enum(['phone', 'post', 'desk']),
  /** What the agent has seen. */
  checks: z.array(z.enum(checks)).min(1).max(checks.length),
};

export const GuardianshipRequest = z.discriminatedUnion('order', [
  z.strictObject({ order: z.literal('lift-block'), ...about }),
  z.strictObject({
    order: z.literal('withdraw'),
    ...about,
    /** Whose authority was taken. */
    guardianNir: nir,
  }),
  z.strictObject({
    order: z.literal('restore'),
    ...about,
    /** Whose withdrawal is undone. */
    guardianNir: nir,
  }),
]);
export type GuardianshipRequest = z.infer<typeof GuardianshipRequest>;

export const Guardianship = z.strictObject({ status: z.literal('done') });
