/** By which way somebody is told: the slowest that any of those who are told needs. */
export type Way = 'mail' | 'sms' | 'letter' | 'nobody';

/** What is known of somebody who is told. */
export interface Reach {
  readonly addresses: readonly string[];
  readonly mobile: string | undefined;
}

/** By which way those are told who are to be told of a record (ENR-43); a postal address everybody has. */
export function wayOf(readers: readonly Reach[]): Way {
  if (readers.length === 0) return 'nobody';
  const without = readers.filter(({ addresses }) => addresses.length === 0);
  if (without.length === 0) return 'mail';
  return without.some(({ mobile }) => mobile === undefined) ? 'letter' : 'sms';
}

/** The word of the journal for a way. */
export const channelOf = (way: Way) =>
  (({ mail: 'mail', sms: 'sms', letter: 'post', nobody: 'clock' }) as const)[way];
