import * as z from 'zod';
import { day } from '#shared/http/day.ts';
import { nir } from './schema-fields.ts';

const instant = z.iso.datetime({ precision: 3 });

/** The other parent, or the guardian whom a judge named, as the first guardian knows him (MIN-2). */
export const SecondRequest = z.strictObject({
  nir,
  birthName: z.string().min(1).max(80),
  firstName: z.string().min(1).max(80),
  birthDate: day,
});
export type SecondRequest = z.infer<typeof SecondRequest>;

/** The same whoever was named: it does not say whether he is known, nor whether he has a record. */
export const SecondInvited = z.strictObject({ status: z.literal('WAITING'), until: instant });

export const Guardians = z.strictObject({
  guardians: z.int(),
  second: z
    .strictObject({
      status: z.enum(['WAITING', 'VALIDATED', 'REFUSED', 'EXPIRED', 'WITHDRAWN']),
      until: instant,
    })
    .optional(),
});

export const TakeBack = z.strictObject({ confirm: z.literal(true) });
export const TakenBack = z.strictObject({ status: z.literal('WITHDRAWN') });

export const InvitationName = z.strictObject({ invitation: z.string().regex(/^[a-z0-9]{26}$/) });
export const InvitationAnswer = z.strictObject({
  accepts: z.boolean(),
  /** Who accepts certifies that he is a legal representative. */
  certifies: z.boolean(),
});

export const Invitations = z.strictObject({
  invitations: z.array(
    z.strictObject({ invitation: z.string(), child: z.string().optional(), until: instant }),
  ),
});
export const WishName = z.strictObject({ wish: z.string().regex(/^[a-z0-9]{26}$/) });
export const WishAnswer = z.strictObject({
  /** Of the other guardian: whether the record is closed at once; if not, it is not. */
  agrees: z.boolean(),
});
const wishStates = z.enum(['waiting', 'stopped', 'done']);
export const Wish = z.strictObject({
  wish: z.string(),
  /** From then on it is done, unless it was stopped. */
  until: instant,
  deletion: z.boolean(),
  state: wishStates,
  /** Whether the caller asked for it himself. */
  own: z.boolean(),
});
export const WishAnswered = z.strictObject({ state: wishStates });

export const Answered = z.strictObject({ status: z.enum(['VALIDATED', 'REFUSED']) });
