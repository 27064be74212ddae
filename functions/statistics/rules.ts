import type { JournalLine } from '#shared/journal/schema.ts';
import { type Day, parisDay } from '#shared/kernel/calendar.ts';
import { refusals } from '#shared/kernel/refusal.ts';
import type { Counts } from './schema.ts';

export const refuse = refusals('statistics', {
  'no-edition': [404, 'Cette édition n’a pas été publiée'],
  'role-required': [403, 'Votre rôle ne permet pas cette action'],
});

export type StatusName = keyof Counts['status'];
export type ActName = keyof Counts['acts'];
export type Counter = `status.${StatusName}` | `acts.${ActName}`;

/** Where something is counted; each record stands in one place of each kind but the days. */
export type Place =
  | { readonly by: 'wave'; readonly wave: string; readonly department: string }
  | { readonly by: 'cohort'; readonly cohort: string }
  | { readonly by: 'channel'; readonly channel: string }
  /** What happened on a Paris day, in the whole country or in a département. */
  | { readonly by: 'day'; readonly day: Day; readonly department?: string };

/** A change of one counter. */
export interface Change {
  readonly place: Place;
  readonly counter: Counter;
  readonly by: 1 | -1;
}

/** People of no wave are counted under this name. */
export const noWave = 'none';
/** What a line does not tell (it was written before lines told it) is counted under this name. */
export const unknown = 'unknown';

const acts: Readonly<Record<string, ActName>> = {
  'enrolment/import-insured': 'imported',
  'enrolment/update-insured': 'updated',
  'enrolment/send-invitation': 'invited',
  'enrolment/defer-to-letter': 'deferred',
  'enrolment/oppose': 'opposed',
  'enrolment/open': 'opened',
  'enrolment/burn-code': 'frozen',
  'enrolment/note-bounce': 'bounced',
  'enrolment/send-letter': 'written',
  'enrolment/note-return': 'returned',
  'enrolment/renew-code': 'renewed',
  'enrolment/activate': 'activated',
  'enrolment/relink': 'relinked',
  'enrolment/close': 'closed',
  'enrolment/close-suspended': 'closed',
  'enrolment/request-deletion': 'deletionRequested',
  'enrolment/begin-deletion': 'deletionBegun',
  'enrolment/finish-deletion': 'deleted',
  'enrolment/reopen': 'reopened',
  'enrolment/suspend': 'suspended',
  'enrolment/resume': 'resumed',
  'enrolment/record-death': 'deathRecorded',
  'enrolment/correct-death': 'deathCorrected',
  'enrolment/end-trace': 'traceEnded',
  'enrolment/merge-record': 'merged',
  'enrolment/part-record': 'parted',
};

/** Acts that put a person into a wave: he was counted under none before. */
const joining = new Set(['enrolment/send-invitation', 'enrolment/defer-to-letter']);

const names = new Set<string>([
  ...['known', 'invited', 'opposed', 'open', 'activated', 'closed', 'deletion-requested'],
  ...['deleting', 'deleted', 'suspended', 'deceased'],
]);
const isCounted = (status: string | undefined): status is StatusName =>
  status !== undefined && names.has(status);

/**
 * What a journal line changes in the counters: the record leaves one state and enters another, and an
 * act was done; the former by wave and département, by decade of birth, by channel of information and
 * by day, the latter by wave and département and by day. Lines of refusals, of waves and of other rooms
 * change nothing.
 */
export function changesOf(line: JournalLine): Change[] {
  const { action, object, outcome } = line;
  const { kind, from, to, department } = object;
  if (kind !== 'record' || outcome !== 'done' || department === undefined) return [];
  const wave = object.wave ?? noWave;
  const day = parisDay(Date.parse(line.at));
  const changes: Change[] = [];
  const add = (places: readonly Place[], counter: Counter, by: 1 | -1) =>
    changes.push(...places.map((place) => ({ place, counter, by })));
  if (isCounted(from)) {
    const left = joining.has(action) ? noWave : wave;
    add(placesOf({ ...object, ...object.was, wave: left, department, day }), `status.${from}`, -1);
  }
  if (isCounted(to)) add(placesOf({ ...object, wave, department, day }), `status.${to}`, 1);
  const done = [
    { by: 'wave', wave, department },
    { by: 'day', day },
    { by: 'day', day, department },
  ] as const;
  const act = acts[action];
  if (act) add(done, `acts.${act}`, 1);
  if (action === 'enrolment/oppose' && from === 'open') add(done, 'acts.reversed', 1);
  return changes;
}

interface Standing {
  readonly wave: string;
  readonly department: string;
  readonly cohort?: string | undefined;
  readonly informBy?: string | undefined;
  readonly day: Day;
}

/** Each place in which a record's state is counted. */
function placesOf({ wave, department, cohort, informBy, day }: Standing): Place[] {
  return [
    { by: 'wave', wave, department },
    { by: 'cohort', cohort: cohort ?? unknown },
    { by: 'channel', channel: informBy ?? unknown },
    { by: 'day', day },
  ];
}
