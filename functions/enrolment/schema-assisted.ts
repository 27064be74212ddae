import * as z from 'zod';
import { cardSerial, code, nir, someOf } from './schema-fields.ts';

const checks = ['identity-paper', 'holder-present'] as const;
export type AssistedCheck = (typeof checks)[number];

export const AssistedRequest = z.strictObject({
  nir,
  cardSerial,
  /** The person's own code, which serves once: he types it himself. */
  code,
  /** What the adviser has seen. */
  checks: someOf(checks),
});
export type AssistedRequest = z.infer<typeof AssistedRequest>;

export const AssistedOpened = z.strictObject({
  session: z.string(),
  /** Sent as `Bearer` from the same post; for reading only. */
  token: z.string(),
  /** From this instant on it is taken no more. */
  endsAt: z.iso.datetime({ precision: 3 }),
});
export type AssistedOpened = z.infer<typeof AssistedOpened>;

/** The same whether one ran or none did. */
export const AssistedEnded = z.strictObject({ status: z.literal('ended') });
