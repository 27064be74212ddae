import type { Day } from '#shared/kernel/calendar.ts';
import { guardianshipChecks } from '../data/guardianship-checks.ts';
import type { GuardianshipCheck, GuardianshipOrder } from '../schema-guardianship.ts';
import type { Status } from '../stored.ts';
import type { SecondGuardian } from '../stored-child.ts';
import { guardiansOf } from './judge-child.ts';
import { waitingWish } from './judge-child-closure.ts';
import { uninformedAt } from './unrepresented.ts';

/** The groups of checks of which none was made, by what held on a day in Paris. */
export function missingSights(
  given: { readonly order: GuardianshipOrder; readonly checks: readonly GuardianshipCheck[] },
  day: Day,
  since = guardianshipChecks,
): (readonly GuardianshipCheck[])[] {
  const holds = since.filter(({ from }) => from <= day).at(-1) ?? since[0];
  const groups = holds?.needs[given.order] ?? [];
  return groups.filter((group) => !group.some((check) => given.checks.includes(check)));
}

/**
 * A child whose block is lifted (ENR-23): nobody is opened by what was sent before, so who was invited is
 * informed anew, by letter, with 42 days of his own. Undefined where nothing is blocked.
 */
export function lifted(status: Status): Status | undefined {
  if (!status.blocked) return undefined;
  const { blocked: _b, ...rest } = status;
  if (rest.status !== 'invited') return rest;
  const { letter: _l, ...invited } = rest;
  // Who is not insured any more is not written to.
  return { ...invited, uninformed: invited.leftAt === undefined ? 'readdressed' : 'left' };
}

/**
 * A child's record without a guardian whose authority was taken (MIN-2): he is out at his next request, and
 * can neither come back with a code nor object. What waits through him alone is void: his wish to close the record, an
 * invitation of his, since he had no right any more to give access to anybody, and one that names him. Undefined where
 * nothing would change.
 */
export function withdrawn(status: Status, guardian: string): Status | undefined {
  const { child } = status;
  if (!child) return undefined;
  const { barred = [], restored = [] } = child;
  const guardians = guardiansOf(status);
  const left = guardians.filter(({ holder }) => holder !== guardian);
  if (barred.includes(guardian) && left.length === guardians.length) return undefined;
  const { restored: _r, ...facts } = child;
  const others = restored.filter((one) => one !== guardian);
  const to: Status = {
    ...status,
    child: {
      ...{ ...facts, barred: [...new Set([...barred, guardian])] },
      ...(others.length > 0 ? { restored: others } : {}),
    },
  };
  if (to.status === 'deceased') return { ...to, before: without(to.before, guardian) };
  return without(to, guardian);
}

/** Who has several names is out by all of them; where he got the child's mail, what was sent to him informs nobody. `at` in ms. */
export function withdrawnByAll(
  status: Status,
  names: readonly string[],
  at: number,
): Status | undefined {
  let to: Status | undefined;
  for (const name of names) to = withdrawn(to ?? status, name) ?? to;
  return to && uninformedAt(to, at);
}

/** A record in which he does not act, and nothing waits through him. */
function without<S extends Status>(status: S, guardian: string): S {
  if (!('guardians' in status) || !status.guardians) return status;
  const guardians = status.guardians.filter(({ holder }) => holder !== guardian);
  const copy: S = { ...status, guardians };
  // Both are optional in every state that has them.
  if (fallsWith(status.second, guardian)) Reflect.deleteProperty(copy, 'second');
  if (waitingWish(status)?.by === guardian) Reflect.deleteProperty(copy, 'closing');
  return copy;
}

/** Whether an invitation is void with somebody's authority: he is meant, or it waits and is his. One whose maker nobody kept may be. */
function fallsWith(second: SecondGuardian | undefined, guardian: string): boolean {
  if (!second) return false;
  if (second.holder === guardian) return true;
  return second.state === 'waiting' && (second.by === undefined || second.by === guardian);
}

/**
 * A child's record where the withdrawal of somebody's authority is undone (MIN-2), by all his names: he may be told, and
 * come in by a code or an invitation, as before he ever did. Not his place itself: the other guardian may have invited
 * somebody since, and whoever acts certifies that he may. `repeat` where that was done, `not-withdrawn` where he had lost nothing.
 */
export function givenBack(
  status: Status,
  names: readonly string[],
): Status | 'repeat' | 'not-withdrawn' {
  const { barred = [], restored = [], ...facts } = status.child ?? noChild();
  const rest = barred.filter((one) => !names.includes(one));
  if (rest.length === barred.length)
    return names.some((one) => restored.includes(one)) ? 'repeat' : 'not-withdrawn';
  return {
    ...status,
    child: {
      ...{ ...facts, restored: [...new Set([...restored, ...names])] },
      ...(rest.length > 0 ? { barred: rest } : {}),
    },
  };
}

function noChild(): never {
  throw new Error('a guardian of who is no child');
}
