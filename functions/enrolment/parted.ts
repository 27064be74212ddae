import type { PartedFrom } from '#shared/record/absorbed.ts';
import { isNobodys, linkOf, type NoAccountOf, stateAt } from './absorbed.ts';
import { begunAnew, type TakingUp } from './begun-anew.ts';
import { ownDmp } from './rules/joined-dmp.ts';
import { barredByMerge, onItsOwn } from './rules/joined-guardians.ts';
import { withoutCall } from './rules/judge-agent-closure.ts';
import { Status } from './stored.ts';
import type { Merged } from './stored-merged.ts';

/** Both records after a wrong merge was undone. */
export interface Parted {
  /** The one that had taken the other in. */
  readonly into: Status;
  /** The one that had been taken in, as one of its own again. */
  readonly from: Status;
  /** Whether what the first had become belonged to the second and goes back with it. */
  readonly goesBack: boolean;
}

/**
 * Undoes a wrong merge (ENR-20). Where the state that counted was the surviving record's own, it keeps it, and the
 * other one stands as before. Where it was the other one's, what became of it goes back with it, since who acted was
 * that one's account; unless the survivor's own person has decided since, by a code of his: then each keeps what is his.
 * What stood still begins anew (D42). `partedFrom` is what the record that is one of its own again says of it.
 */
export function parted(
  now: Status,
  merged: Merged,
  {
    partedFrom,
    noAccountOf,
    ...anew
  }: TakingUp & {
    readonly partedFrom: Omit<PartedFrom, 'account'>;
    readonly noAccountOf: NoAccountOf;
  },
): Parted {
  const { holder, version, headSeq, headHash, before, intoBefore } = merged;
  const rest = (now.absorbed ?? []).filter((one) => one.reference !== merged.reference);
  const { absorbed: _a, dmp: _d, ...alone } = now;
  const dmp = ownDmp(intoBefore.dmp, { now: now.dmp, other: before.dmp });
  const stays = withoutCall<Status>({
    ...alone,
    ...(rest.length > 0 ? { absorbed: rest } : {}),
    ...(dmp === undefined ? {} : { dmp }),
  });
  const own = linkOf(before);
  const isBack = isOfOther(now, merged, noAccountOf);
  const theirs = merged.wins === 'second' && own !== undefined;
  const account = theirs ? (isBack ? 'from' : 'both') : 'into';
  const back: Status = {
    ...before,
    ...{ holder, version, headSeq, headHash, partedFrom: { ...partedFrom, account } },
  };
  const barred = barredByMerge(merged);
  const ofInto = (one: Status, keeps: boolean) =>
    onItsOwn(one, { own: intoBefore, other: before, now, barred, keeps });
  const ofFrom = (one: Status, keeps: boolean) =>
    onItsOwn(one, { own: before, other: intoBefore, now, barred, keeps });
  if (!isBack)
    return {
      into: ofInto(stays, true),
      from: ofFrom(begunAnew(back, anew), false),
      goesBack: false,
    };
  // What an agent took down since was asked for the record that stays.
  const state = stateAt(back, own === undefined ? before : withoutCall(now));
  const from = own !== undefined && 'linkTag' in state ? { ...state, linkTag: own } : state;
  return {
    into: ofInto(begunAnew(stateAt(stays, intoBefore), anew), false),
    from: ofFrom(own === undefined ? begunAnew(back, anew) : Status.parse(from), true),
    goesBack: true,
  };
}

/** Whether the surviving record still stands as the other one's state, or as what its account made of it. */
function isOfOther(now: Status, { wins, before }: Merged, noAccountOf: NoAccountOf): boolean {
  if (wins === 'first') return false;
  const [account, by] = [linkOf(before), linkOf(now)];
  if (account === undefined) return now.status === before.status;
  // Of guardians: an account that was linked since was so by a code of the survivor's.
  if (isNobodys(account, before.holder, noAccountOf))
    return now.status === before.status && isNobodys(by, now.holder, noAccountOf);
  return by === account;
}
