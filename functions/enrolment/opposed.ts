import { carried } from './rules/carried.ts';
import { move } from './rules/status.ts';
import type { DecidedBy, Status } from './stored.ts';

/** The record of somebody who objects, whatever he was before; throws where no objection is possible. */
export function opposedFrom(status: Status, decidedBy: DecidedBy): Status {
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
  };
}
