import { parisBounds, parisDay } from '#shared/kernel/calendar.ts';
import type { Status } from '../stored.ts';
import { deadlineRuns } from './deadline-runs.ts';
import { guardiansOf } from './judge-child.ts';
import { adultFrom, awaitsGuardian } from './unrepresented.ts';

/** What the clock does about a minor's record as he comes of age (MIN-5). */
export type MajorityStep =
  | { readonly is: 'remind-majority'; readonly status: Status }
  | { readonly is: 'come-of-age'; readonly status: Status };

const begins = (day: string): string => new Date(parisBounds(day).begin).toISOString();

/**
 * Whether a deadline that runs ends while the child is a minor still. If not, nothing opens by it: the information
 * was his guardian's, and he has the right to one of his own (R1111-28).
 */
export function endsInTime({
  child,
  informedAt,
  deadlineAt,
}: Pick<Extract<Status, { status: 'invited' }>, 'child' | 'informedAt' | 'deadlineAt'>): boolean {
  if (!child) return true;
  const adultAt = adultFrom(child);
  return informedAt >= adultAt || deadlineAt < adultAt;
}

/** Whether something of a record was decided, or is held, by others in a minor's place. */
function isOthers(status: Status, adultAt: string): boolean {
  switch (status.status) {
    case 'activated':
    case 'suspended':
    case 'closed':
    case 'deletion-requested':
      return status.guardians !== undefined;
    case 'open':
      return status.informedAt < adultAt;
    case 'opposed':
      return status.decidedBy.receivedAt < adultAt;
    case 'known':
      return awaitsGuardian(status);
    case 'invited':
      if (status.blocked || awaitsGuardian(status)) return true;
      return status.informedAt < adultAt && !(deadlineRuns(status) && endsInTime(status));
    default:
      return false;
  }
}

/** Whether an invited person, once open, is to be told when he comes of age. */
export function growsWhenOpen(status: Extract<Status, { status: 'invited' }>): boolean {
  const { child, cameOfAgeAt, informedAt } = status;
  return child !== undefined && cameOfAgeAt === undefined && informedAt < adultFrom(child);
}

/** The next day of a reminder: only where somebody acts in the record, and one for all that were missed. */
function nextReminder(status: Status): string | undefined {
  if (status.status !== 'activated' || guardiansOf(status).length === 0) return undefined;
  const last = status.majorityToldOn ?? '';
  return status.child?.remindOn?.find((day) => day > last);
}

/** When something is to be done next about somebody's majority (ISO); undefined where nothing is. */
export function nextMajorityAt(status: Status): string | undefined {
  const { child, cameOfAgeAt } = status;
  if (!child || cameOfAgeAt !== undefined) return undefined;
  const adultAt = adultFrom(child);
  if (!isOthers(status, adultAt)) return undefined;
  const reminder = nextReminder(status);
  return reminder === undefined || reminder >= child.adultOn ? adultAt : begins(reminder);
}

/** What is due of somebody's majority at an instant (ms), if anything; from his birthday on nothing is announced. */
export function majorityStep(status: Status, now: number): MajorityStep | undefined {
  const at = nextMajorityAt(status);
  if (at === undefined || Date.parse(at) > now || !status.child) return undefined;
  const isOfAge = parisDay(now) >= status.child.adultOn;
  return { is: isOfAge ? 'come-of-age' : 'remind-majority', status };
}

/**
 * A record whose holder is of age (MIN-5): his guardians leave it, and the state stays as it is. Who was informed
 * through them only is informed anew, with 42 days of his own; what was printed for them is his no more.
 */
export function cameOfAge(
  status: Status,
  by: { readonly at: number; readonly informBy: Status['informBy']; readonly byText?: boolean },
): Status {
  const { child, blocked: _b, byText: _t, letter: _l, majorityToldOn: _m, ...rest } = status;
  if (!child) throw new Error('a majority of who was no child here');
  const now = {
    ...{ informBy: by.informBy, cameOfAgeAt: new Date(by.at).toISOString() },
    ...(by.byText ? { byText: true as const } : {}),
  };
  if (rest.status === 'invited') {
    const { frozen: _f, ...invited } = rest;
    const uninformed = invited.leftAt === undefined ? 'readdressed' : 'left';
    return { ...invited, ...now, child, uninformed };
  }
  if (!('guardians' in rest)) return { ...rest, ...now, child };
  const { guardians: _g, second: _s, closing: _c, ...own } = rest;
  const former = guardiansOf(status).map(({ holder }) => holder);
  return { ...own, ...now, child: { ...child, former } };
}

/** Whether a code was made before its holder came of age, so that his guardians may know it. */
export function isOfGuardians(
  { child }: Pick<Status, 'child'>,
  { sentAt }: { readonly sentAt: string },
  at: string,
): boolean {
  if (!child) return false;
  const adultAt = adultFrom(child);
  return at >= adultAt && sentAt < adultAt;
}
