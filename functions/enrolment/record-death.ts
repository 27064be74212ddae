import type { Actions } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { contestWrites } from './contest-store.ts';
import { type Act, append, record } from './lines.ts';
import { codeVoid, statusWrite } from './person-store.ts';
import { type Death, deceased } from './rules/deceased.ts';
import type { DeletionDelays } from './rules/deletion-delays.ts';
import type { DeathJudgement } from './rules/judge-death.ts';
import type { Deleted, Deleting, Living } from './stored.ts';
import { withheldWrite } from './withheld-store.ts';

/** Who tells of a death, and by which way. */
export type ToldBy = Pick<Act, 'actor' | 'channel'>;

type Doing = Extract<DeathJudgement, { is: 'record' | 'note' }>;

/**
 * The parts of a transaction that record a death (ENR-46): from then on no code is good, nothing of his is due, and
 * a letter that is printed and not posted is to be kept back. At a deletion that has begun only the day is noted.
 */
export function deathWrites(
  judged: Doing,
  { death, by, delays }: { death: Death; by: ToldBy; delays: DeletionDelays },
): Actions {
  const { status } = judged;
  const act = {
    ...{ id: death.reference, at: death.recordedAt, ...by },
    action: 'enrolment/record-death',
  };
  if (judged.is === 'note') {
    const to: Deleting | Deleted = { ...judged.status, diedOn: death.diedOn };
    const { next, line } = append(to, status.holder, { ...act, object: record(status, {}) });
    return [statusWrite(next, status.version), journalWrite(line)];
  }
  const { next, line } = append(deceased(judged.status, death, delays), status.holder, {
    ...act,
    object: record(status, { from: status.status, to: 'deceased' }),
  });
  return [
    statusWrite(next, status.version),
    ...contestWrites([judged.status], [next], { at: death.recordedAt }),
    codeVoid(status.holder),
    journalWrite(line),
    ...withheld(judged.status),
  ];
}

function withheld({ letter }: Living): Actions {
  return letter && letter.postedOn === undefined ? [withheldWrite(letter)] : [];
}
