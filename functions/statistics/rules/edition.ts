import { addDays, type Day } from '#shared/kernel/calendar.ts';

/** A Monday: periods are counted from here. */
const firstDay = '2001-01-01';
const dayMs = 86_400_000;

/** The edition of a day's period, named by the first day of it. */
export function editionOf(day: Day, everyDays: number): Day {
  const since = (Date.parse(day) - Date.parse(firstDay)) / dayMs;
  return addDays(day, -(((since % everyDays) + everyDays) % everyDays));
}
