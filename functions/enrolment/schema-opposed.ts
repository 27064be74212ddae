import * as z from 'zod';
import { oppositionChannels } from './schema.ts';

const instant = z.iso.datetime({ precision: 3 });

/** The proof of an objection (ENR-40). */
export const Opposed = z.strictObject({
  /** Proof of the objection, to be kept. */
  reference: z.string(),
  receivedAt: instant,
  /** What decided whether it was in time: when it was received, or when it was made before an agent took it. */
  madeAt: instant,
  channel: z.enum(['web', ...oppositionChannels]),
  status: z.literal('opposed'),
  /** Whose record it is about: of who objected, or of a child whose guardian did so. */
  about: z.enum(['self', 'child']),
  /** Nobody but us makes it: with it, `POST /enrolment/opposition-proofs` prints the same on a sheet. */
  seal: z.string().length(43),
});
export type Opposed = z.infer<typeof Opposed>;
