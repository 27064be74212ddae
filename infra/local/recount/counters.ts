import * as z from 'zod';
import type { JournalLine } from '#shared/journal/schema.ts';
import { add, countedActs, differences, type Sums } from './acts.ts';
import type { Item } from './read-tables.ts';
import type { StatusItem } from './records.ts';

const Told = z.object({
  waves: z.array(
    z.object({
      wave: z.string(),
      departments: z.array(
        z.object({
          department: z.string(),
          status: z.record(z.string(), z.number()),
          acts: z.record(z.string(), z.number()),
        }),
      ),
    }),
  ),
});

/** The counters that the API tells against a fresh count of records and journal lines. */
export function statisticsFaults(
  answer: unknown,
  statuses: readonly StatusItem[],
  lines: readonly JournalLine[],
): string[] {
  const told: Sums = new Map();
  for (const { wave, departments } of Told.parse(answer).waves)
    for (const { department, status, acts } of departments) {
      for (const [name, count] of Object.entries(status))
        if (count !== 0) told.set(`${wave}/${department}/is ${name}`, count);
      for (const [name, count] of Object.entries(acts))
        if (count !== 0) told.set(`${wave}/${department}/${name}`, count);
    }
  const own: Sums = new Map();
  for (const { wave = 'none', department, status } of statuses)
    add(own, `${wave}/${department}/is ${status}`);
  for (const line of lines) {
    const { department, wave = 'none' } = line.object;
    for (const name of countedActs(line)) add(own, `${wave}/${department}/${name}`);
  }
  const ended = endedIn(answer);
  return differences('statistics', own, told, (key) => ended > 0 && !key.includes('/is '));
}

/** How many records' traces have ended, as the statistics tell: nothing else is left of them. */
export function endedIn(answer: unknown): number {
  return Told.parse(answer)
    .waves.flatMap(({ departments }) => departments)
    .reduce((sum, { acts }) => sum + (acts.traceEnded ?? 0), 0);
}

const Progress = z.looseObject({
  pk: z.string(),
  sk: z.string(),
  invited: z.number().default(0),
  deferred: z.number().default(0),
  written: z.number().default(0),
});

/** What a wave counts, and the act that it counts. */
const ofWaves = {
  invited: 'enrolment/send-invitation',
  deferred: 'enrolment/defer-to-letter',
  written: 'enrolment/send-letter',
} as const;

/** What each wave says it did against the journal. */
export function waveFaults(
  items: readonly Item[],
  lines: readonly JournalLine[],
  ended: number,
): string[] {
  const told: Sums = new Map();
  for (const item of items.filter(({ pk }) => pk.startsWith('WAVE#'))) {
    const { pk, sk, invited, deferred, written } = Progress.parse(item);
    const place = `${pk.slice(5)}/${sk.split('#')[0]}`;
    for (const [name, count] of Object.entries({ invited, deferred, written }))
      if (count > 0) told.set(`${place}/${name}`, (told.get(`${place}/${name}`) ?? 0) + count);
  }
  const own: Sums = new Map();
  for (const { action, object } of lines)
    for (const [name, act] of Object.entries(ofWaves))
      if (action === act && object.wave !== undefined)
        add(own, `${object.wave}/${object.department}/${name}`);
  return differences('wave', own, told, () => ended > 0);
}

const ImportItem = z.looseObject({
  import: z.string(),
  state: z.string(),
  lines: z.number(),
  imported: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  errors: z.number(),
});

/** Each finished file accounts for all its lines, and together they account for every person but the forgotten ones. */
export function importFaults(
  items: readonly Item[],
  people: readonly unknown[],
  lines: readonly JournalLine[],
  ended: number,
): string[] {
  const imports = items.filter(({ sk }) => sk === 'IMPORT').map((item) => ImportItem.parse(item));
  const faults = imports
    .filter((one) => one.lines !== one.imported + one.updated + one.unchanged + one.errors)
    .map((one) => `import ${one.import}: ${one.lines} lines are not all accounted for`);
  const told = imports.reduce((sum, { imported }) => sum + imported, 0);
  const written = lines.filter(({ action }) => action === 'enrolment/import-insured').length;
  // Of whom the trace ended, that of records which his had taken in ended with it.
  const isLess = ended === 0 ? told !== written : told - ended < written;
  if (isLess || written !== people.length)
    faults.push(
      `imports tell ${told} people, ${ended} of them forgotten, the journal ${written}, the table ${people.length}`,
    );
  return faults;
}
