import type { JournalLine } from '#shared/journal/schema.ts';

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
  traceEnded: ({ action }) => action === 'enrolment/end-trace',
  merged: ({ action }) => action === 'enrolment/merge-record',
  parted: ({ action }) => action === 'enrolment/part-record',
};

/** The counters in which a line counts: none where it tells no act on a record. */
export function countedActs(line: JournalLine): string[] {
  const { kind, department } = line.object;
  if (line.outcome !== 'done' || kind !== 'record' || department === undefined) return [];
  return Object.keys(counted).filter((name) => counted[name]?.(line));
}

export type Sums = Map<string, number>;
export const add = (sums: Sums, key: string) => sums.set(key, (sums.get(key) ?? 0) + 1);

/**
 * Where two counts differ, in words. `mayLack`: what we recount may be less, since the lines of those whose trace
 * has ended are gone and nobody can count them again.
 */
export function differences(
  what: string,
  ours: Sums,
  theirs: Sums,
  mayLack: (key: string) => boolean = () => false,
): string[] {
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return [...keys].flatMap((key) => {
    const [own, told] = [ours.get(key) ?? 0, theirs.get(key) ?? 0];
    if (own === told || (own < told && mayLack(key))) return [];
    return [`${what} ${key}: recounted ${own}, told ${told}`];
  });
}
