/** What stands of a code that was sent to an address. Instants are ISO. */
export interface SentOtp {
  readonly tries: number;
  /** Last instant at which it is taken. */
  readonly otpUntil: string;
  /** When it was given rightly. */
  readonly doneAt?: string | undefined;
}

export interface OtpLimits {
  readonly tries: number;
  readonly resendSeconds: number;
  /** Most codes sent in one activation. */
  readonly sends: number;
}

/** Whether an address is confirmed by a code sent to it: six digits, few tries, a short time. */
export function judgeOtp(
  sent: SentOtp,
  given: { fits: boolean; receivedAt: string },
  limits: OtpLimits,
): 'confirmed' | 'repeat' | 'otp-dead' | 'otp-expired' | 'otp-wrong' {
  if (sent.doneAt) return given.fits ? 'repeat' : 'otp-wrong';
  if (sent.tries >= limits.tries) return 'otp-dead';
  if (given.receivedAt > sent.otpUntil) return 'otp-expired';
  return given.fits ? 'confirmed' : 'otp-wrong';
}

/** What stands of the sendings of an activation. Instants are milliseconds. */
export interface Sendings {
  readonly sends: number;
  /** When the last code was accepted by the mail service; undefined while it waits. */
  readonly sentAt: number | undefined;
  readonly otpUntil: number;
  readonly endsAt: number;
  readonly isSameAddress: boolean;
}

export type Sending =
  /** A new code. */
  | { readonly is: 'prepare' }
  /** The code that was made and perhaps not sent. */
  | { readonly is: 'send' }
  /** It was just sent: a retry gets the same answer. */
  | { readonly is: 'repeat'; readonly retryAfterSeconds: number }
  | {
      readonly is: 'refused';
      readonly reason: 'too-soon' | 'too-many-attempts';
      readonly retryAfterSeconds: number;
    };

/** Whether a code is sent (ENR-12: thirty seconds between two), and whether it is a new one. */
export function judgeSending(
  before: Sendings | undefined,
  receivedAt: number,
  limits: OtpLimits,
): Sending {
  if (!before || receivedAt > before.endsAt) return { is: 'prepare' };
  const { sentAt, sends, otpUntil, isSameAddress } = before;
  if (sentAt === undefined && isSameAddress && receivedAt <= otpUntil) return { is: 'send' };
  const waits = sentAt === undefined ? 0 : sentAt + limits.resendSeconds * 1000 - receivedAt;
  if (waits > 0) {
    const retryAfterSeconds = Math.ceil(waits / 1000);
    if (isSameAddress) return { is: 'repeat', retryAfterSeconds };
    return { is: 'refused', reason: 'too-soon', retryAfterSeconds };
  }
  if (sends < limits.sends) return { is: 'prepare' };
  const retryAfterSeconds = Math.max(1, Math.ceil((before.endsAt - receivedAt) / 1000));
  return { is: 'refused', reason: 'too-many-attempts', retryAfterSeconds };
}
