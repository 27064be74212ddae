/** Where somebody is reached: mail addresses and mobile numbers, whoever told them. */
export interface Reached {
  readonly email?: string | undefined;
  readonly formerEmail?: string | undefined;
  readonly mobile?: string | undefined;
}

/** One mailbox however it is written: capitals, blanks, and what stands behind a plus make no other. */
const mailbox = (email: string | undefined): string => {
  const [local = '', domain = ''] = (email ?? '').trim().toLowerCase().split('@');
  return domain && `${local.split('+')[0]}@${domain}`;
};

/**
 * Whether a code that a minor asked for would come to where a guardian is reached as well (MIN-4): then it may be the
 * guardian who asks, to read what is kept from him.
 */
export function isAtGuardians(
  channel: 'mail' | 'sms',
  own: Reached,
  guardians: readonly Reached[],
): boolean {
  if (channel === 'sms')
    return own.mobile !== undefined && guardians.some(({ mobile }) => mobile === own.mobile);
  const to = mailbox(own.email);
  const theirs = guardians.flatMap(({ email, formerEmail }) => [email, formerEmail]);
  return to !== '' && theirs.some((one) => mailbox(one) === to);
}
