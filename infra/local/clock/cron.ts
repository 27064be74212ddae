import { Cron } from 'croner';

/**
 * The next start after an instant (ms) of an EventBridge `cron(minute hour day month weekday year)` in a
 * time zone. As in EventBridge a wall-clock time that spring skips does not start, one that autumn
 * repeats starts once. Other expressions throw.
 */
export function nextStart(expression: string, zone: string, after: number): number | undefined {
  const cron = cronOf(expression, zone);
  let found = cron.nextRun(new Date(after));
  // croner moves a start out of the skipped hour to its end, where the expression itself does not hold.
  while (found !== null && !cron.match(found)) found = cron.nextRun(found);
  return found?.getTime();
}

const known = new Map<string, Cron>();

function cronOf(expression: string, zone: string): Cron {
  const key = `${expression} ${zone}`;
  const cron = known.get(key) ?? new Cron(patternOf(expression), { timezone: zone, paused: true });
  known.set(key, cron);
  return cron;
}

function patternOf(expression: string): string {
  const fields = /^cron\(([^)]+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  const [minute, hour, day, month, weekday, year] = fields;
  if (fields.length !== 6 || weekday === undefined || day === undefined) {
    throw new Error(`Schedule ${expression} is not played at home: only cron() of six fields`);
  }
  if (/[LW#]/.test(`${day}${weekday.replace(/[A-Z]{3}/g, '')}`)) {
    throw new Error(`Schedule ${expression} is not played at home: no L, W or #`);
  }
  // EventBridge counts weekdays from SUN = 1, croner from SUN = 0.
  const weekdays = weekday.replace(/\d/g, (digit) => String(Number(digit) - 1));
  return ['0', minute, hour, any(day), month, any(weekdays), year].join(' ');
}

function any(field: string): string {
  return field === '?' ? '*' : field;
}
