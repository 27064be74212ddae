import { type Guardian, mostGuardians } from '#shared/kernel/guardian.ts';
import type { Status } from '../stored.ts';
import type { SecondGuardian } from '../stored-child.ts';
import { plain } from './identity-match.ts';
import { guardiansOf } from './judge-child.ts';

/** How an invitation of a second guardian stands, as it is told (MIN-2). */
export type SecondState = 'WAITING' | 'VALIDATED' | 'REFUSED' | 'EXPIRED' | 'WITHDRAWN';

const told = { accepted: 'VALIDATED', refused: 'REFUSED', withdrawn: 'WITHDRAWN' } as const;

/** At an instant (ISO); it may be answered until its last millisecond. */
export function stateOf({ state, until }: SecondGuardian, at: string): SecondState {
  if (state === 'waiting') return at > until ? 'EXPIRED' : 'WAITING';
  return told[state];
}

/** Whether a guardian may invite another one now: two at most, and one invitation at a time. */
export function mayInvite(
  status: Status,
  at: string,
): 'invite' | 'two-guardians' | 'invitation-waits' {
  if (guardiansOf(status).length >= mostGuardians) return 'two-guardians';
  const second = 'second' in status ? status.second : undefined;
  return second && stateOf(second, at) === 'WAITING' ? 'invitation-waits' : 'invite';
}

/** What taking an invitation back does: one that waits; the same again is known. */
export function judgeWithdrawal(
  second: SecondGuardian | undefined,
  at: string,
): 'withdraw' | 'repeat' | 'unknown-invitation' {
  const state = second && stateOf(second, at);
  if (state === 'WITHDRAWN') return 'repeat';
  return state === 'WAITING' ? 'withdraw' : 'unknown-invitation';
}

/** What an answer to an invitation does; the same answer again is known. */
export function judgeAnswer(asked: {
  readonly second: SecondGuardian;
  readonly guardians: readonly Guardian[];
  /** All by which he who answers is known. */
  readonly names: readonly string[];
  readonly accepts: boolean;
  /** ISO. */
  readonly at: string;
}): 'accept' | 'refuse' | 'repeat' | 'unknown-invitation' | 'two-guardians' {
  const { second, guardians, names, accepts, at } = asked;
  const state = stateOf(second, at);
  if (state === (accepts ? 'VALIDATED' : 'REFUSED')) return 'repeat';
  if (state !== 'WAITING') return 'unknown-invitation';
  if (!accepts) return 'refuse';
  if (guardians.length >= mostGuardians) return 'two-guardians';
  // Who became one meanwhile, or was it by a record that was merged since, has no second place (ENR-20).
  return guardians.some(({ holder }) => names.includes(holder)) ? 'unknown-invitation' : 'accept';
}

/** Whether what a guardian says of another is what the insurance body says: names without accents, case and hyphens. */
export function isSamePerson(
  given: { readonly birthName: string; readonly firstName: string },
  known: { readonly birthName: string; readonly givenNames: string },
): boolean {
  const [first = ''] = known.givenNames.split(/[ ,]/);
  return (
    plain(given.birthName) === plain(known.birthName) && plain(given.firstName) === plain(first)
  );
}
