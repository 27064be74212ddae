import { type Guardian, mostGuardians } from '#shared/kernel/guardian.ts';
import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';
import { isClosed } from './judge-closure.ts';
import { isExpired } from './last-instant.ts';
import { move } from './status.ts';

/** Whether an opening can still be stopped by who is no legal representative (ENR-23). */
export const isBlockable = ({ status }: Pick<Status, 'status'>): boolean =>
  status === 'known' || status === 'invited';

/** Whether the authority of who gets the child's code was taken (MIN-2). */
export const isBarred = (child: Status['child']): boolean =>
  child?.barred?.includes(child.attachedTo) === true;

/**
 * Who is barred where a row attaches a child to a record: whose authority was taken under one of its names has lost it
 * under the one that the row attaches to as well, or a merge of his records would let him in again (MIN-2, ENR-20).
 */
export function barredFrom(
  former: Status['child'],
  guardian: { readonly holder: string; readonly names: readonly string[] },
): readonly string[] {
  const barred = former?.barred ?? [];
  const isOut = guardian.names.some((name) => barred.includes(name));
  return isOut ? [...new Set([...barred, guardian.holder])] : barred;
}

export const guardiansOf = (status: Status): readonly Guardian[] =>
  'guardians' in status ? (status.guardians ?? []) : [];

/** Whether somebody has a place among a child's guardians by any of his names: one person has one (MIN-2, ENR-20). */
export const isGuardian = (status: Status, names: readonly string[]): boolean =>
  guardiansOf(status).some(({ holder }) => names.includes(holder));

/** Why a guardian who gave the right NIR, card and code cannot activate a child's record. */
export type NotActivatedForChild =
  | 'which-child'
  | 'not-guardian'
  | 'child-blocked'
  | 'two-guardians'
  | 'code-burnt'
  | 'code-used'
  | 'code-expired'
  | 'not-activable';

/**
 * What a recognised guardian's certified wish does (MIN-1, ENR-3): opens the record for him, joins him to it
 * where it is active already, or nothing where he has it. A closed one that nobody is left to reopen is opened so, too (ENR-44). Only who the insurance body attaches the child to.
 */
export function judgeChildActivation(asked: {
  readonly status: Status;
  readonly code: CurrentCode;
  /** All by which the holder whose account asks is known: his record's, and those of what it took in. */
  readonly names: readonly string[];
  /** Which guardians of a closed record may act by now. */
  readonly acting: ReadonlySet<string>;
  /** His code is right, and the child that he names another one (ENR-22). */
  readonly mustChoose: boolean;
  /** ISO. */
  readonly receivedAt: string;
}): 'activate' | 'join' | 'repeat' | NotActivatedForChild {
  const { status, code, names, acting, mustChoose, receivedAt } = asked;
  if (mustChoose) return 'which-child';
  const { child } = status;
  if (!child || !names.includes(child.attachedTo) || isBarred(child)) return 'not-guardian';
  const guardians = guardiansOf(status);
  if (status.status === 'activated' && isGuardian(status, names)) return 'repeat';
  if (status.blocked) return 'child-blocked';
  if (code.burntAt) return 'code-burnt';
  if (code.usedAt) return 'code-used';
  if (isExpired(code, status, receivedAt)) return 'code-expired';
  if (status.status === 'activated')
    return guardians.length < mostGuardians ? 'join' : 'two-guardians';
  // A closed record of a child is reopened by its guardians; where none is left who may act, by whom it is attached to.
  if (isClosed(status) && guardians.some(({ holder }) => acting.has(holder)))
    return 'not-activable';
  // The last mail of the life before is still on its way, or the child has died.
  if ('untold' in status || 'diedOn' in status) return 'not-activable';
  return move(status.status, 'activate') === 'activated' ? 'activate' : 'not-activable';
}
