import type { Status } from '../stored.ts';
import { type DeletionDelays, datesKept } from './deletion-delays.ts';

/** What the documents room tells of a DMP from before, when (ms). */
export interface DmpTold {
  readonly act: 'taken-in' | 'archived';
  readonly at: number;
}

/**
 * What a status is to know of the DMP of its person (R1111-40, L1111-18): since when it is kept, and of who objected
 * from when on it is erased, as many years after it was archived as a closed record is kept. Undefined where there is
 * nothing new, or the record has ended. Facts may come in any order.
 */
export function notedDmp(
  status: Status,
  { act, at }: DmpTold,
  delays: DeletionDelays,
): NonNullable<Status['dmp']> | undefined {
  if (status.status === 'deleting' || status.status === 'deleted') return undefined;
  const { dmp } = status;
  const since = dmp?.since ?? new Date(at).toISOString();
  const before = status.status === 'deceased' ? status.before.status : status.status;
  if (act === 'taken-in' || before !== 'opposed') return dmp ? undefined : { since };
  const { deleteFrom } = datesKept(at, delays);
  return dmp?.deleteFrom === deleteFrom ? undefined : { since, deleteFrom };
}
