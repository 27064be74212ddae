import { type Guardian, mostGuardians } from '#shared/kernel/guardian.ts';
import type { Living, Status } from '../stored.ts';
import type { Merged } from '../stored-merged.ts';
import { guardiansOf } from './judge-child.ts';
import { waitingWish, withoutWish } from './judge-child-closure.ts';
import { lifted } from './judge-guardianship.ts';

/** All names by which a guardian may be known, given one: that of his own record, and of those that were merged into it. */
export type NamesFor = (holder: string) => readonly string[];

/** Two records of one child, and whose state counts. */
interface Joining {
  readonly first: Status;
  readonly second: Status;
  readonly wins: 'first' | 'second';
  readonly namesFor: NamesFor;
}

const winnerOf = ({ first, second, wins }: Omit<Joining, 'namesFor'>): readonly [Status, Status] =>
  wins === 'first' ? [first, second] : [second, first];

/**
 * Whose authority was taken in one of two records of a child has none in both (MIN-2, ENR-20); to whom the surviving
 * record is attached is out by the name that it has of him, or his code would let him in.
 */
export function joinedBarred({ first, second, namesFor }: Omit<Joining, 'wins'>): string[] {
  const barred = [...(first.child?.barred ?? []), ...(second.child?.barred ?? [])];
  const attachedTo = first.child?.attachedTo;
  const isOut = attachedTo !== undefined && namesFor(attachedTo).some((n) => barred.includes(n));
  return [...new Set([...barred, ...(isOut ? [attachedTo] : [])])];
}

/** Who acts in both together: each person once, by the name that the state which counts has of him; none who is barred. */
export function joinedGuardians(joining: Joining): Guardian[] {
  const { namesFor } = joining;
  const barred = joinedBarred(joining);
  const joined: Guardian[] = [];
  // From the day of his majority on nobody acts for him.
  if (joining.first.cameOfAgeAt !== undefined) return joined;
  for (const one of winnerOf(joining).flatMap(guardiansOf)) {
    const names = namesFor(one.holder);
    const isThere = joined.some(
      ({ holder }) => names.includes(holder) || namesFor(holder).includes(one.holder),
    );
    if (!isThere && !names.some((name) => barred.includes(name))) joined.push(one);
  }
  return joined;
}

/**
 * Why guardians of two records of one child cannot share one (ENR-20, MIN-2). `closure-waits`: one of them asked that
 * his record be closed; that is answered, or its term is over, before more is closed, or others are there who were never
 * told. `too-many-guardians`: an agent takes one out on a court's decision first.
 */
export function notJoined(joining: Joining): 'closure-waits' | 'too-many-guardians' | undefined {
  if (waitingWish(joining.first) || waitingWish(joining.second)) return 'closure-waits';
  return joinedGuardians(joining).length > mostGuardians ? 'too-many-guardians' : undefined;
}

/**
 * The state that counts with what both records say of who acts for the child: guardians of both, whom either barred, and
 * the block of either. One invitation of a second guardian goes on, as long as a place is left and he may have it: it is
 * no guardian yet, and keeps nobody out.
 */
export function withGuardians(to: Status, joining: Joining): Status {
  if (!to.child) return to;
  const barred = joinedBarred(joining);
  const blocked = joining.first.blocked ?? joining.second.blocked;
  const child = { ...to.child, ...(barred.length > 0 ? { barred } : {}) };
  const told: Status = { ...to, child, ...(blocked ? { blocked } : {}) };
  if (told.status === 'deceased') return { ...told, before: without(told.before, joining, barred) };
  if (!('linkTag' in told) || told.status === 'deleting' || told.status === 'deleted') return told;
  const guardians = joinedGuardians(joining);
  const hadNone = winnerOf(joining).every((one) => !('guardians' in one) || !one.guardians);
  const { guardians: _g, second: _s, ...rest } = told;
  const second = goesOn(joining, { guardians, barred });
  return {
    ...rest,
    ...(hadNone || joining.first.cameOfAgeAt !== undefined ? {} : { guardians }),
    ...(second ? { second } : {}),
  };
}

/** As the record comes back where the death was told wrongly. */
function without(before: Living, { namesFor }: Joining, barred: readonly string[]): Living {
  if (!('guardians' in before) || !before.guardians) return before;
  const isIn = ({ holder }: Guardian) => !namesFor(holder).some((name) => barred.includes(name));
  return { ...before, guardians: before.guardians.filter(isIn) };
}

function goesOn(
  joining: Joining,
  { guardians, barred }: { guardians: readonly Guardian[]; barred: readonly string[] },
) {
  const [own, other] = winnerOf(joining).map(secondOf);
  const isWaiting = (one: typeof own) => {
    if (one?.state !== 'waiting' || guardians.length >= mostGuardians) return false;
    const names = joining.namesFor(one.holder);
    const isIn = guardians.some(({ holder }) => names.includes(holder));
    return !isIn && !names.some((name) => barred.includes(name));
  };
  if (isWaiting(own)) return own;
  if (isWaiting(other)) return other;
  // An answer is kept, so that the same one again is known.
  return own?.state === 'waiting' ? undefined : own;
}

/** One of two records after a parting, and how both stood before the merge. */
interface Parting {
  readonly own: Status;
  readonly other: Status;
  /** The joined record before the parting. */
  readonly now: Status;
  /** Whom the merge itself had barred. */
  readonly barred: readonly string[];
  /** Whether what the joined record had become is this one's. */
  readonly keeps: boolean;
}

/**
 * A record that is one of its own again (ENR-20): its guardians are those that it had, and who joined since where it
 * keeps what became of both, but by the other record's invitation. Whose authority was taken meanwhile is out of both,
 * since nobody can say of which child that was meant; what one who leaves had asked for is void.
 */
export function onItsOwn(status: Status, parting: Parting): Status {
  if (!status.child) return status;
  const { own, now } = parting;
  const since = (now.child?.barred ?? []).filter((one) => !parting.barred.includes(one));
  const barred = [...new Set([...(own.child?.barred ?? []), ...since])];
  const { barred: _b, ...facts } = status.child;
  const child = { ...facts, ...(barred.length > 0 ? { barred } : {}) };
  const told = unblocked({ ...status, child }, parting);
  if (!('guardians' in told) || !told.guardians) return told;
  const { guardians: _g, second: _s, ...rest } = told;
  if (told.cameOfAgeAt !== undefined) return withoutWish(rest);
  const guardians = [...guardiansOf(own), ...joinedSince(parting)].filter(
    ({ holder }) => !barred.includes(holder),
  );
  const [invited, answered] = [secondOf(own), secondOf(now)];
  const second = invited?.invitation === answered?.invitation ? answered : invited;
  const wish = waitingWish(told);
  const isHis = wish && guardians.some(({ holder }) => holder === wish.by);
  const isNobodys = guardians.length === 0 && !('guardians' in own && own.guardians);
  const next = {
    ...{ ...rest, ...(isNobodys ? {} : { guardians }) },
    ...(second ? { second } : {}),
  };
  return wish && !isHis ? withoutWish(next) : next;
}

const secondOf = (status: Status) => ('second' in status ? status.second : undefined);

function joinedSince({ own, other, now, keeps }: Parting): Guardian[] {
  const before = [...guardiansOf(own), ...guardiansOf(other)].map(({ holder }) => holder);
  const answered = secondOf(now);
  return guardiansOf(now).filter(({ holder }) => {
    if (before.includes(holder)) return false;
    const by = answered?.holder === holder ? answered.invitation : undefined;
    if (by !== undefined && by === secondOf(other)?.invitation) return false;
    return keeps || (by !== undefined && by === secondOf(own)?.invitation);
  });
}

/** Without a block that was the other record's; whose deadline stood still by it is informed anew. */
function unblocked(status: Status, { own, other }: Parting): Status {
  if (own.blocked || !other.blocked) return status;
  return lifted(status) ?? status;
}

/** Whom a merge had barred, also where that was before it was kept. */
export const barredByMerge = ({ barred, before, intoBefore }: Merged): readonly string[] =>
  barred ?? [...(before.child?.barred ?? []), ...(intoBefore.child?.barred ?? [])];
