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

/** What a line says of a record: its move, and where it is counted. */
export function record(
  at: Pick<Status, 'department' | 'wave'>,
  move: { from?: Status['status']; to?: Status['status'] },
): JournalObject {
  const { department, wave } = at;
  return { kind: 'record', ...move, department, ...(wave === undefined ? {} : { wave }) };
}
