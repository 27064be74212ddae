import { type Entry, nextLine } from '#shared/journal/line.ts';
import type { JournalLine, JournalObject } from '#shared/journal/schema.ts';
import type { Status } from './stored.ts';

/** Version of the rules under which the room decides. */
const policy = 'enrolment-1';

/** The branch key under which identities of a département are sealed. */
export const branchOf = (department: string): string => `enrolment-${department}`;

interface Head {
  readonly version: number;
  readonly headSeq: number;
  readonly headHash: string;
}

/** What a line says beyond its place in the chain. */
export type Act = Omit<Entry, 'holder' | 'policy' | 'visible' | 'outcome'> &
  Partial<Pick<Entry, 'outcome'>>;

/** Appends a line to the chain of a holder or wave, and moves its head and version with it. */
export function append<T extends Head>(
  to: T,
  holder: string,
  act: Act & { visible?: Entry['visible'] },
): { next: T; line: JournalLine } {
  const { line, head } = nextLine(
    { seq: to.headSeq, hash: to.headHash },
    { outcome: 'done', visible: 'holder', ...act, holder, policy },
  );
  const next = { ...to, version: to.version + 1, headSeq: head.seq, headHash: head.hash };
  return { next, line };
}

type Counted = Pick<Status, 'department' | 'wave' | 'informBy' | 'cohort'>;

/**
 * By what else a record is counted. Of a record from before its decade of birth was kept nothing is told
 * until an update brings it: so it leaves the counts that its older lines put it in.
 */
const facts = ({ cohort, informBy }: Counted) =>
  cohort === undefined ? undefined : { cohort, informBy };

/** Where a record is counted of which neither is told. */
const untold = { cohort: 'unknown', informBy: 'unknown' };

/**
 * What a line says of a record: its move, and where it is counted. An act that changes how the person is
 * informed or his decade of birth says from which it moves him (`before`), so that he leaves the count he
 * was in.
 */
export function record(
  at: Counted,
  move: { from?: Status['status']; to?: Status['status'] },
  before: Counted = at,
): JournalObject {
  const { department, wave } = at;
  const now = facts(at);
  const [old, told] = [facts(before) ?? untold, now ?? untold];
  const was = {
    ...(old.cohort === told.cohort ? {} : { cohort: old.cohort }),
    ...(old.informBy === told.informBy ? {} : { informBy: old.informBy }),
  };
  return {
    ...{ kind: 'record', ...move, department },
    ...(wave === undefined ? {} : { wave }),
    ...now,
    ...(Object.keys(was).length === 0 ? {} : { was }),
  };
}
