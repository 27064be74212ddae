import { isRealDay, parisBounds } from '#shared/kernel/calendar.ts';
import { always, type Bounds } from './history.ts';

/**
 * The time that FHIR dates with their comparisons name together (`ge2022-02-07`), or undefined where one
 * is no date of the calendar. A day is a day in Paris; an instant without parts of a second is that second,
 * one without seconds that minute.
 */
export function boundsOfDates(dates: readonly string[]): Bounds | undefined {
  let { begin, end } = always;
  for (const date of dates) {
    const one = boundsOfDate(date);
    if (one === undefined) return undefined;
    begin = Math.max(begin, one.begin);
    end = Math.min(end, one.end);
  }
  return { begin, end };
}

function boundsOfDate(date: string): Bounds | undefined {
  const [, compared = 'eq', value = ''] = /^(eq|ge|gt|le|lt)?(.*)$/.exec(date) ?? [];
  const named = boundsOfValue(value);
  if (named === undefined) return undefined;
  switch (compared) {
    case 'ge':
      return { begin: named.begin, end: always.end };
    case 'gt':
      return { begin: named.end + 1, end: always.end };
    case 'le':
      return { begin: always.begin, end: named.end };
    case 'lt':
      return { begin: always.begin, end: named.begin - 1 };
    default:
      return named;
  }
}

const minuteMs = 60_000;

function boundsOfValue(value: string): Bounds | undefined {
  const day = value.slice(0, 10);
  if (!isRealDay(day)) return undefined;
  if (value.length === 10) return parisBounds(day);
  const begin = Date.parse(value);
  if (Number.isNaN(begin)) return undefined;
  const [, second, part] = /T\d\d:\d\d(:\d\d)?(\.\d+)?/.exec(value) ?? [];
  const lengthMs = part ? 10 ** (4 - part.length) : second ? 1000 : minuteMs;
  return { begin, end: begin + lengthMs - 1 };
}
