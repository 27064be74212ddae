import type { Status } from '../stored.ts';
import { carried } from './carried.ts';
import { isClosed } from './judge-closure.ts';

/**
 * What stays of a status when its record is activated for the first time in its life (ENR-3, ENR-41, MIN-1): after
 * a deletion all begins anew, and the dates of the life before stand in the journal.
 */
export function newlyActivated(status: Status) {
  const { holder, version, headSeq, headHash, department, wave, informBy, life } = status;
  const { cardTag, birthTag, cohort, child, absorbed, otherNumbers, partedFrom } = status;
  // It moves into the record: nothing of it is archived any more.
  const dmp = status.dmp && { since: status.dmp.since };
  const isNew = status.status === 'known' || status.status === 'deleted';
  const { informedAt, deadlineAt } = isNew || status.status === 'deceased' ? {} : status;
  // Or an agent closed it before it was ever activated.
  const hasOpened = status.status === 'open' || isClosed(status);
  const openedAt = hasOpened ? status.openedAt : undefined;
  return {
    ...{ holder, version, headSeq, headHash, department, informBy, cardTag, birthTag },
    ...carried({ cohort, child, absorbed, otherNumbers, partedFrom, dmp }),
    ...(wave === undefined ? {} : { wave }),
    ...(life === undefined ? {} : { life }),
    ...(informedAt === undefined ? {} : { informedAt }),
    ...(deadlineAt === undefined ? {} : { deadlineAt }),
    ...(openedAt === undefined ? {} : { openedAt }),
    status: 'activated' as const,
  };
}
