import { beginOf, dayOf, later } from '../calendar.ts';
import { type Person, runs } from '../person.ts';
import type { Wait } from './rounds.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** No job of the clock is due within two hours from then, so that real time may run on. */
const quiet = 17 * hour + 10 * 60_000;

/** The quiet time of a civil day in Paris. */
const quietOf = (civil: string): number => beginOf(later(civil, { days: 1 })) - day + quiet;

/** When something of somebody falls due; the night after it, the clock has done it. */
function dueOf(person: Person): number | undefined {
  if (runs(person)) return person.deadline;
  if (person.state === 'closed' || person.state === 'deletion-requested')
    return person.reminded ? person.deleteFrom : person.remindFrom;
  return undefined;
}

/** The evening of somebody's last day to object, and the minutes after it in which nothing has opened yet. */
export interface Limit {
  readonly last: number;
  readonly over: number;
}

/** Until when the clock goes; of a limit, the two instants before. */
export function nextQuiet(
  wait: Exclude<Wait, 'minutes'>,
  person: Person | undefined,
  now: number,
): { to: number; limit?: Limit } {
  const in_ = (days: number) => ({ to: quietOf(later(dayOf(now), { days })) });
  if (wait === 'day') return in_(1);
  if (wait === 'month') return in_(31);
  if (wait === 'years') return in_(3700);
  const due = person ? dueOf(person) : undefined;
  if (!person || due === undefined || due <= now) return in_(1);
  if (wait === 'due' || !runs(person) || due - now < hour)
    return { to: Math.max(quietOf(later(dayOf(due), { days: 1 })), in_(1).to) };
  const limit = { last: due - hour / 2, over: due + 3 * 60_000 };
  return { to: quietOf(later(dayOf(due), { days: 1 })), limit };
}
