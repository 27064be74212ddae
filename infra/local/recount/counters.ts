import * as z from 'zod';
import type { JournalLine } from '#shared/journal/schema.ts';
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

/** The act that each counter counts, by a table of the recount's own. */
const counted: Readonly<Record<string, (line: JournalLine) => boolean>> = {
  imported: ({ action }) => action === 'enrolment/import-insured',
  updated: ({ action }) => action === 'enrolment/update-insured',
  invited: ({ action }) => action === 'enrolment/send-invitation',
  deferred: ({ action }) => action === 'enrolment/defer-to-letter',
  opposed: ({ action }) => action === 'enrolment/oppose',
  reversed: ({ action, object }) => action === 'enrolment/oppose' && object.from === 'open',
  opened: ({ action }) => action === 'enrolment/open',
  frozen: ({ action }) => action === 'enrolment/burn-code',
  bounced: ({ action }) => action === 'enrolment/note-bounce',
  written: ({ action }) => action === 'enrolment/send-letter',
  returned: ({ action }) => action === 'enrolment/note-return',
  renewed: ({ action }) => action === 'enrolment/renew-code',
  activated: ({ action }) => action === 'enrolment/activate',
  relinked: ({ action }) => action === 'enrolment/relink',
  closed: ({ action }) => action === 'enrolment/close' || action === 'enrolment/close-suspended',
  deletionRequested: ({ action }) => action === 'enrolment/request-deletion',
  deletionBegun: ({ action }) => action === 'enrolment/begin-deletion',
  deleted: ({ action }) => action === 'enrolment/finish-deletion',
  reopened: ({ action }) => action === 'enrolment/reopen',
  suspended: ({ action }) => action === 'enrolment/suspend',
  resumed: ({ action }) => action === 'enrolment/resume',
  deathRecorded: ({ action }) => action === 'enrolment/record-death',
  deathCorrected: ({ action }) => action === 'enrolment/correct-death',
};

type Sums = Map<string, number>;
const add = (sums: Sums, key: string) => sums.set(key, (sums.get(key) ?? 0) + 1);

function differences(what: string, ours: Sums, theirs: Sums): string[] {
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return [...keys].flatMap((key) => {
    const [own, told] = [ours.get(key) ?? 0, theirs.get(key) ?? 0];
    return own === told ? [] : [`${what} ${key}: recounted ${own}, told ${told}`];
  });
}

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
    const { kind, department, wave = 'none' } = line.object;
    if (line.outcome !== 'done' || kind !== 'record' || department === undefined) continue;
    for (const [name, isCounted] of Object.entries(counted))
      if (isCounted(line)) add(own, `${wave}/${department}/${name}`);
  }
  return differences('statistics', own, told);
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
export function waveFaults(items: readonly Item[], lines: readonly JournalLine[]): string[] {
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
  return differences('wave', own, told);
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

/** Each finished file accounts for all its lines, and together they account for every person. */
export function importFaults(
  items: readonly Item[],
  statuses: readonly StatusItem[],
  lines: readonly JournalLine[],
): string[] {
  const imports = items.filter(({ sk }) => sk === 'IMPORT').map((item) => ImportItem.parse(item));
  const faults = imports
    .filter((one) => one.lines !== one.imported + one.updated + one.unchanged + one.errors)
    .map((one) => `import ${one.import}: ${one.lines} lines are not all accounted for`);
  const told = imports.reduce((sum, { imported }) => sum + imported, 0);
  const written = lines.filter(({ action }) => action === 'enrolment/import-insured').length;
  if (told !== written || written !== statuses.length)
    faults.push(
      `imports tell ${told} people, the journal ${written}, the table ${statuses.length}`,
    );
  return faults;
}
