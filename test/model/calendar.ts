/** The model's own reading of days in Paris, by none of the code that it judges. Instants in ms. */
const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' });
const hour = 3_600_000;

/** The civil day of an instant, `2022-02-07`. */
export const dayOf = (at: number): string => format.format(at);

/** A day so many days or years later. */
export function later(day: string, { days = 0, years = 0 }): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, date + days)).toISOString().slice(0, 10);
}

/** The first instant of a day. */
export function beginOf(day: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  for (const offset of [1, 2]) {
    const at = noon - 12 * hour - offset * hour;
    if (dayOf(at) === day && dayOf(at - 1) !== day) return at;
  }
  throw new Error(`no midnight of ${day}`);
}

/** The last instant of the forty-second day after the day of a sending. */
export const deadlineOf = (sentAt: number): number =>
  beginOf(later(dayOf(sentAt), { days: 43 })) - 1;
