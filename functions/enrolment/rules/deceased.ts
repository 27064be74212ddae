import type { Day } from '#shared/kernel/calendar.ts';
import type { Deceased, Living } from '../stored.ts';
import { carried } from './carried.ts';
import { type DeletionDelays, deletedAfterDeath } from './deletion-delays.ts';
import type { DeathProof } from './stop-motives.ts';

/** A death as it is recorded. */
export interface Death {
  readonly diedOn: Day;
  readonly proof: DeathProof;
  /** Id of the journal line. */
  readonly reference: string;
  /** Milliseconds. */
  readonly recordedAt: number;
}

/**
 * The record of somebody who died (ENR-46). It stands in no index but that of the end after ten years, so no
 * invitation, reminder, opening or deletion finds it; a letter in print is his no more.
 */
export function deceased(before: Living, death: Death, delays: DeletionDelays): Deceased {
  const { diedOn, proof, reference, recordedAt } = death;
  const { holder, version, headSeq, headHash, department, wave, informBy, life } = before;
  const { cardTag, birthTag, leftAt } = before;
  return {
    ...{ holder, version, headSeq, headHash, department, informBy, cardTag, birthTag },
    ...(wave === undefined ? {} : { wave }),
    ...(life === undefined ? {} : { life }),
    ...carried(before),
    ...(leftAt === undefined ? {} : { leftAt }),
    status: 'deceased',
    diedOn,
    death: { reference, recordedAt: new Date(recordedAt).toISOString(), proof },
    before,
    deleteFrom: deletedAfterDeath({ diedOn, recordedAt }, delays),
  };
}
