import * as z from 'zod';
import type { JournalLine } from '#shared/journal/schema.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { add, countedActs, differences, type Sums } from './acts.ts';
import type { StatusItem } from './records.ts';

const Counters = z.record(z.string(), z.number());
const Groups = z.object({
  by: z.enum(['cohort', 'channel']),
  groups: z.array(z.object({ name: z.string(), status: Counters })),
});
const Days = z.object({ days: z.array(z.object({ day: z.string(), acts: Counters })) });

/** The counters by decade of birth or by channel against a fresh count of the records. */
export function groupFaults(answer: unknown, statuses: readonly StatusItem[]): string[] {
  const { by, groups } = Groups.parse(answer);
  const told: Sums = new Map();
  for (const { name, status } of groups)
    for (const [state, count] of Object.entries(status))
      if (count !== 0) told.set(`${name}/is ${state}`, count);
  const own: Sums = new Map();
  for (const { cohort = 'unknown', informBy, status } of statuses) {
    const channel = cohort === 'unknown' ? cohort : informBy;
    add(own, `${by === 'cohort' ? cohort : channel}/is ${status}`);
  }
  return differences(`statistics by ${by}`, own, told);
}

/** The acts of each day, in the country or in a département, against a fresh count of the lines. */
export function dayFaults(
  answers: readonly unknown[],
  lines: readonly JournalLine[],
  { department, ended }: { readonly department: string | undefined; readonly ended: number },
): string[] {
  const told: Sums = new Map();
  for (const { day, acts } of answers.flatMap((answer) => Days.parse(answer).days))
    for (const [name, count] of Object.entries(acts))
      if (count !== 0) told.set(`${day}/${name}`, count);
  const own: Sums = new Map();
  for (const line of lines) {
    if (department !== undefined && line.object.department !== department) continue;
    for (const name of countedActs(line)) add(own, `${parisDay(Date.parse(line.at))}/${name}`);
  }
  const what = `statistics of days, ${department ?? 'everywhere'},`;
  return differences(what, own, told, () => ended > 0);
}

/** Ranges of a year at most which together hold every line, up to an instant in ms. */
export function rangesOf(lines: readonly JournalLine[], now: number): string[] {
  const days = lines.map(({ at }) => parisDay(Date.parse(at))).toSorted();
  const last = parisDay(now);
  const [first = last] = days;
  const years: string[] = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++)
    years.push(`from=${year}-01-01&to=${year}-12-31`);
  return years;
}
