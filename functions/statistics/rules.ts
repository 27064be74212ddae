import type { JournalLine } from '#shared/journal/schema.ts';
import type { Counts } from './schema.ts';

export type StatusName = keyof Counts['status'];
export type ActName = keyof Counts['acts'];

/** A change of one counter. */
export interface Change {
  readonly wave: string;
  readonly department: string;
  readonly counter: `status.${StatusName}` | `acts.${ActName}`;
  readonly by: 1 | -1;
}

/** People of no wave are counted under this name. */
export const noWave = 'none';

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
 * act was done. Lines of refusals, of waves and of other rooms change nothing.
 */
export function changesOf(line: JournalLine): Change[] {
  const { action, object, outcome } = line;
  const { kind, from, to, department } = object;
  if (kind !== 'record' || outcome !== 'done' || department === undefined) return [];
  const wave = object.wave ?? noWave;
  const changes: Change[] = [];
  if (isCounted(from)) {
    const left = joining.has(action) ? noWave : wave;
    changes.push({ wave: left, department, counter: `status.${from}`, by: -1 });
  }
  if (isCounted(to)) changes.push({ wave, department, counter: `status.${to}`, by: 1 });
  const act = acts[action];
  if (act) changes.push({ wave, department, counter: `acts.${act}`, by: 1 });
  if (action === 'enrolment/oppose' && from === 'open')
    changes.push({ wave, department, counter: 'acts.reversed', by: 1 });
  return changes;
}
