import { type KeyObject, randomInt } from 'node:crypto';
import * as z from 'zod';
import { env, json } from '#shared/env.ts';
import { fingerprint, sameFingerprint } from '#shared/sealing/secrets.ts';

const { OTP_LIMITS: otpLimits } = env({
  OTP_LIMITS: json(
    z.object({
      /** How long the six digits are taken. */
      validSeconds: z.int(),
      tries: z.int(),
      resendSeconds: z.int(),
      sends: z.int(),
      /** How long an activation may take as a whole. */
      lastsSeconds: z.int(),
    }),
  ),
});

export { otpLimits };

/** Six digits to be sent to an address. */
export function makeOtp(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** As they are kept: a stolen table says nothing without the pepper, which only KMS unwraps. */
export function otpTag(pepper: KeyObject, activation: string, otp: string): string {
  return fingerprint(pepper, 'otp', activation, otp);
}

export function otpFits(
  pepper: KeyObject,
  sent: { activation: string; otpTag: string },
  otp: string,
) {
  return sameFingerprint(otpTag(pepper, sent.activation, otp), sent.otpTag);
}
