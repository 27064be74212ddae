import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { beginOf, dayOf, later } from '../calendar.ts';
import {
  activate,
  type Expected,
  erase,
  inform,
  invite,
  leaves,
  newCode,
  object,
  reopen,
  sweep,
} from '../moves.ts';
import { born, type Person, runs } from '../person.ts';

export type Parent = 'mother' | 'father';

/** A child as the model remembers it: a person whose record others hold until his birthday. Instants in ms. */
export interface Child extends Person {
  readonly parents: Readonly<
    Record<Parent, { readonly row: InsuredRow; readonly account: string }>
  >;
  readonly adultAt: number;
  /** His majority was recorded: from then on he is as anybody. */
  grown: boolean;
  informedAt: number;
  decidedAt: number;
  guardians: Parent[];
  /** The father, whom the mother invites. */
  second: { until: number; state: 'waiting' | 'accepted' | 'refused' } | undefined;
  wish:
    | { by: Parent; deletion: boolean; until: number; state: 'waiting' | 'stopped' | 'done' }
    | undefined;
}

export const childOf = (
  of: Pick<Child, 'row' | 'holder' | 'importedAt' | 'parents' | 'adultAt'>,
): Child => ({
  ...born(of.row, of.holder, of.importedAt),
  ...{ parents: of.parents, adultAt: of.adultAt, grown: false, informedAt: 0, decidedAt: 0 },
  ...{ guardians: [], second: undefined, wish: undefined },
});

const no = (says: string): Expected => ({ says });
const wellAfter = (now: number, days: number) => beginOf(later(dayOf(now), { days }));
const isGuardian = (child: Child, by: Parent, now: number) =>
  now < child.adultAt && child.guardians.includes(by);

/** The expected, and what a child's own facts become with it. */
const also = ({ says, makes }: Expected, more: () => void): Expected =>
  makes ? { says, makes: () => [makes(), more()] } : { says };

export const inviteFor = (child: Child, now: number): Expected =>
  also(invite(child, now), () => Object.assign(child, { informedAt: now }));

/** The mother objects in the child's place, with the code that she was mailed. */
export function objectFor(child: Child, now: number): Expected {
  if (now >= child.adultAt) return no('not-recognised');
  return also(object(child, now), () => Object.assign(child, { decidedAt: now }));
}

/** The mother opens the record with that code. */
export function activateFor(child: Child, now: number): Expected {
  if (now >= child.adultAt || !child.code) return no('not-recognised');
  if (child.state === 'activated') return no('ok');
  const closed = child.state === 'closed' || child.state === 'deletion-requested';
  const wanted = activate(child, now, '');
  if (wanted.says !== 'ok' || closed)
    return no(wanted.says === 'ok' ? 'not-activable' : wanted.says);
  return also(wanted, () =>
    Object.assign(child, { account: undefined, guardians: ['mother'] satisfies Parent[] }),
  );
}

export function inviteFather(child: Child, now: number): Expected {
  if (child.state !== 'activated' || !isGuardian(child, 'mother', now)) return no('access');
  if (child.guardians.length > 1) return no('two-guardians');
  if (child.second?.state === 'waiting' && now <= child.second.until) return no('invitation-waits');
  const makes = () => {
    child.second = { until: wellAfter(now, 31) - 1, state: 'waiting' };
  };
  return { says: 'ok', makes };
}

/** Undefined where he finds no invitation in his list. */
export function answerMother(child: Child, now: number, accepts: boolean): Expected | undefined {
  const { second } = child;
  if (child.state !== 'activated' || now >= child.adultAt || !second) return undefined;
  const wanted = accepts ? 'accepted' : 'refused';
  if (second.state === wanted) return no('ok');
  if (second.state !== 'waiting' || now > second.until) return no('unknown-invitation');
  const makes = () => {
    second.state = wanted;
    if (accepts) child.guardians.push('father');
  };
  return { says: 'ok', makes };
}

/** What a closure does that is carried out, at once or after its term. */
function closes(child: Child, now: number, deletion: boolean): void {
  const today = dayOf(now);
  child.reopened = false;
  child.state = deletion ? 'deletion-requested' : 'closed';
  leaves(child, later(today, deletion ? { days: 31 } : { days: 1, years: 10 }));
}

export function closeFor(child: Child, now: number, by: Parent, deletion: boolean): Expected {
  const { state, wish } = child;
  if (!isGuardian(child, by, now)) return no('access');
  if (state === 'deleting' || state === 'deleted') return no('nothing-to-close');
  if (state === 'deletion-requested' || (state === 'closed' && !deletion)) return no('ok');
  if (wish?.state === 'waiting')
    return no(wish.by === by && wish.deletion === deletion ? 'ok' : 'closure-waits');
  if (child.guardians.length < 2) return { says: 'ok', makes: () => closes(child, now, deletion) };
  const makes = () => {
    child.wish = { by, deletion, until: wellAfter(now, 16), state: 'waiting' };
  };
  return { says: 'ok', makes };
}

/** Undefined where nobody ever asked for a closure. */
export function answerWish(
  child: Child,
  now: number,
  by: Parent,
  agrees: boolean,
): Expected | undefined {
  const { wish } = child;
  if (!wish) return undefined;
  if (!isGuardian(child, by, now)) return no('access');
  // A deletion that has begun keeps nothing of what led to it.
  if (child.state === 'deleting' || child.state === 'deleted') return no('unknown-closure-wish');
  if (wish.state === (agrees ? 'done' : 'stopped')) return no('ok');
  if (wish.state !== 'waiting' || now >= wish.until) return no('unknown-closure-wish');
  if (agrees && wish.by === by) return no('own-closure-wish');
  const makes = () => {
    wish.state = agrees ? 'done' : 'stopped';
    if (agrees) closes(child, now, wish.deletion);
  };
  return { says: 'ok', makes };
}

export function reopenFor(child: Child, now: number, by: Parent): Expected {
  if (!isGuardian(child, by, now)) return no('access');
  if (child.state === 'deleting') return no('deletion-under-way');
  return also(reopen(child), () => Object.assign(child, { wish: undefined }));
}

/** Whether others decided, or hold, something of the record in his place. */
function isOthers(child: Child): boolean {
  switch (child.state) {
    case 'activated':
    case 'closed':
    case 'deletion-requested':
      return child.guardians.length > 0;
    case 'open':
      return child.informedAt < child.adultAt;
    case 'opposed':
      return child.decidedAt < child.adultAt;
    case 'invited':
      return child.informedAt < child.adultAt && !(runs(child) && child.deadline < child.adultAt);
    default:
      return false;
  }
}

function comeOfAge(child: Child, now: number): void {
  const { state } = child;
  Object.assign(child, { grown: true, guardians: [], second: undefined, wish: undefined });
  if (state === 'closed' || state === 'deletion-requested') {
    child.code = undefined;
    return;
  }
  child.code = undefined;
  newCode(child, now);
  child.requestedAt = now;
  if (state !== 'invited') return;
  inform(child, now);
  child.informedAt = now;
}

/** What the clock does: an opening, a majority, a wish whose term is over, a deletion. */
export function clock(child: Child, now: number): void {
  const inTime = child.deadline < child.adultAt || child.informedAt >= child.adultAt;
  if (inTime) sweep(child, now);
  if (!child.grown && now >= child.adultAt && isOthers(child)) comeOfAge(child, now);
  const { wish, state } = child;
  const mayEnd = state === 'activated' || state === 'closed';
  if (wish?.state === 'waiting' && mayEnd && wish.until <= now) {
    wish.state = 'done';
    closes(child, now, wish.deletion);
  }
  erase(child, now);
}
