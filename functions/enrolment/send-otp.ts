import type { KeyObject } from 'node:crypto';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { type Pending, savePending } from './activation-store.ts';
import { confirmAddress } from './mails/confirm-address.ts';
import { makeOtp, otpLimits, otpTag } from './otp.ts';
import { judgeSending, type Sending } from './rules/judge-otp.ts';
import { maskAddress } from './rules/mask-address.ts';
import { refuse } from './rules.ts';
import type { Begun } from './schema.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

/** Whether and what to send to an address, as things stand. */
export function sendingTo(
  email: string,
  pending: Pending | undefined,
  receivedAt: number,
): Sending {
  const before = pending && {
    sends: pending.sends,
    sentAt: pending.sentAt === undefined ? undefined : Date.parse(pending.sentAt),
    otpUntil: Date.parse(pending.otpUntil),
    endsAt: Date.parse(pending.endsAt),
    isSameAddress: pending.email === email,
  };
  return judgeSending(before, receivedAt, otpLimits);
}

/** An activation with new digits, not sent yet. */
export function withOtp(
  pending: Omit<Pending, 'otp' | 'otpTag' | 'otpUntil' | 'tries' | 'sentAt'>,
  pepper: KeyObject,
  now: number,
): Pending {
  const otp = makeOtp();
  return {
    ...pending,
    sends: pending.sends + 1,
    otp,
    otpTag: otpTag(pepper, pending.activation, otp),
    otpUntil: iso(now + otpLimits.validSeconds * 1000),
    tries: 0,
  };
}

/**
 * Sends the digits that wait, then notes that they were accepted: a crash or a lost answer in between
 * sends the same digits again. Throws `enrolment/address-refused` where the mail service does not take
 * the address.
 */
export async function sendWaiting(pending: Pending, now: number): Promise<Begun> {
  const { email, otp, ...rest } = pending;
  if (otp === undefined) throw new Error('no digits wait to be sent');
  const minutes = Math.round(otpLimits.validSeconds / 60);
  await sendMail(email, confirmAddress({ otp, minutes })).catch((error: unknown) => {
    throw error instanceof Undeliverable ? refuse('address-refused') : error;
  });
  const sent = { ...rest, email, sentAt: iso(now) };
  // A rival sent the same digits meanwhile, or they were given already: his note stands.
  await savePending(sent, pending);
  return begun(sent);
}

/** What the person is told of it, each time the same. */
export function begun({ activation, email, otpUntil, sentAt }: Pending): Begun {
  return {
    activation,
    sentTo: maskAddress(email),
    otpUntil,
    resendAfter: iso(Date.parse(sentAt ?? otpUntil) + otpLimits.resendSeconds * 1000),
  };
}
