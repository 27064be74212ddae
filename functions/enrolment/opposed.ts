import { carried } from './rules/carried.ts';
import { type DeletionDelays, datesKept } from './rules/deletion-delays.ts';
import { move } from './rules/status.ts';
import type { DecidedBy, Status } from './stored.ts';

/**
 * The record of somebody who objects, whatever he was before; throws where no objection is possible. Where that reverses
 * an opening, what may have come into the record meanwhile is kept as that of a closed one is, and no longer (L1111-18).
 */
export function opposedFrom(status: Status, decidedBy: DecidedBy, delays: DeletionDelays): Status {
  if (move(status.status, 'object') !== 'opposed')
    throw new Error('an objection that no rule allows');
  const { holder, version, headSeq, headHash, department, wave, informBy } = status;
  const { cardTag, birthTag } = status;
  const { informedAt, deadlineAt } =
    status.status === 'known' || status.status === 'deceased' ? {} : status;
  return {
    ...{ holder, version, headSeq, headHash, department, informBy, cardTag, birthTag },
    ...carried(status),
    ...(wave === undefined ? {} : { wave }),
    ...(informedAt === undefined ? {} : { informedAt }),
    ...(deadlineAt === undefined ? {} : { deadlineAt }),
    status: 'opposed',
    decidedBy,
    ...(status.status === 'open'
      ? { keptUntil: datesKept(Date.parse(decidedBy.receivedAt), delays).deleteFrom }
      : {}),
  };
}
