/** A civil day, `YYYY-MM-DD`. Instants are milliseconds since 1970 in UTC. */
export type Day = string;

const dayMs = 86_400_000;
const paris = 'Europe/Paris';

/** Time zones of the overseas; where one has several, the one whose day ends last. */
const overseas: Readonly<Record<string, string>> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
  '986': 'Pacific/Wallis',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
};

/** The time zone in which the people of a département live. */
export function zoneOf(department: string): string {
  return overseas[department] ?? paris;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const kept = formats.get(zone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** Milliseconds that the clocks of a zone are ahead of UTC at an instant. */
function aheadAt(instant: number, zone: string): number {
  const part: Record<string, number> = {};
  // The argument is always given: without it Intl would read the machine's clock.
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return local - Math.floor(instant / 1000) * 1000;
}

/** Whether the text is a day of the calendar. */
export function isRealDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dayOf(at) === text;
}

const dayOf = (instant: number): Day => new Date(instant).toISOString().slice(0, 10);

/** The day after so many days; negative goes back. */
export function addDays(day: Day, days: number): Day {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}

/** The same day so many years later; the 29th of February becomes the 1st of March, so that nothing is short. */
export function addYears(day: Day, years: number): Day {
  const later = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  return isRealDay(later) ? later : `${later.slice(0, 4)}-03-01`;
}

/** The civil day at an instant, in a zone. */
export function dayIn(instant: number, zone: string): Day {
  return dayOf(instant + aheadAt(instant, zone));
}

/** The civil day in Paris at an instant: legal days are Paris days. */
export function parisDay(instant: number): Day {
  return dayIn(instant, paris);
}

/** The last millisecond of a civil day in a zone. */
export function endOfDay(day: Day, zone: string): number {
  const midnight = Date.parse(`${addDays(day, 1)}T00:00:00Z`);
  const near = midnight - aheadAt(midnight, zone);
  return midnight - aheadAt(near, zone) - 1;
}

/** The first and last millisecond of a civil day in Paris. */
export function parisBounds(day: Day): { readonly begin: number; readonly end: number } {
  return { begin: endOfDay(addDays(day, -1), paris) + 1, end: endOfDay(day, paris) };
}

/** The day named in the invitation: so many days after the day of sending in Paris. */
export function objectionDay(sentAt: number, days: number): Day {
  return addDays(parisDay(sentAt), days);
}

/**
 * The last instant at which an objection is in time: the end of the day named in the invitation, in
 * Paris or where the person lives, whichever is later (R1111-28, ENR-2).
 */
export function objectionDeadline(sending: {
  sentAt: number;
  department: string;
  days: number;
}): number {
  const day = objectionDay(sending.sentAt, sending.days);
  return Math.max(endOfDay(day, paris), endOfDay(day, zoneOf(sending.department)));
}

/** A deadline ends with a day of Paris, or with the same day further west: twelve hours later at most. */
const westMs = 12 * 3_600_000;

/**
 * The day that a deadline (ms) was told as: the reverse of `objectionDeadline`, wherever the person lived when it was
 * set, so that who moves is told the same day again.
 */
export function dayOfDeadline(deadline: number): Day {
  return parisDay(deadline - westMs);
}

const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** A day in French figures, for where there is little room: `21/03/2022`. */
export const dayInFigures = (day: Day): string => day.split('-').reverse().join('/');

/** A day in French words: `lundi 21 mars 2022`. */
export function frenchDay(day: Day): string {
  const at = new Date(`${day}T00:00:00Z`);
  const number = at.getUTCDate() === 1 ? '1er' : String(at.getUTCDate());
  const month = months[at.getUTCMonth()] ?? '';
  return `${weekdays[at.getUTCDay()] ?? ''} ${number} ${month} ${at.getUTCFullYear()}`;
}

/** The same to the minute: `lundi 7 février 2022 à 10 h 05`. */
export const frenchMinute = (instant: number): string =>
  frenchMoment(instant).replace(/ min \d\d s$/, '');

/** An instant in French words, by the clocks of Paris: `lundi 7 février 2022 à 10 h 05 min 03 s`. */
export function frenchMoment(instant: number): string {
  const at = new Date(instant + aheadAt(instant, paris));
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${at.getUTCHours()} h ${two(at.getUTCMinutes())} min ${two(at.getUTCSeconds())} s`;
  return `${frenchDay(parisDay(instant))} à ${time}`;
}
