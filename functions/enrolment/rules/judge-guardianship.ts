import type { Day } from '#shared/kernel/calendar.ts';
import { guardianshipChecks } from '../data/guardianship-checks.ts';
import type { GuardianshipCheck, GuardianshipOrder } from '../schema-guardianship.ts';
import type { Living, Status } from '../stored.ts';
import { guardiansOf } from './judge-child.ts';
import { waitingWish, withoutWish } from './judge-child-closure.ts';

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
 * can neither come back with a code nor object. Undefined where nothing would change.
 */
export function withdrawn(status: Status, guardian: string): Status | undefined {
  const { child } = status;
  if (!child) return undefined;
  const { barred = [] } = child;
  const guardians = guardiansOf(status);
  const left = guardians.filter(({ holder }) => holder !== guardian);
  if (barred.includes(guardian) && left.length === guardians.length) return undefined;
  const to = { ...status, child: { ...child, barred: [...new Set([...barred, guardian])] } };
  if (to.status === 'deceased') return { ...to, before: without(to.before, guardian) };
  if (!('guardians' in to)) return to;
  // What he asked for alone is void with his authority.
  const isHis = waitingWish(to)?.by === guardian;
  return { ...(isHis ? withoutWish(to) : to), guardians: left };
}

/** As the record comes back where the death was told wrongly: he is not let in again by that. */
function without(before: Living, guardian: string): Living {
  if (!('guardians' in before) || !before.guardians) return before;
  return {
    ...before,
    guardians: before.guardians.filter(({ holder }) => holder !== guardian),
  };
}
