import { env, json } from '#shared/env.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { newId } from '#shared/random.ts';
import { type Act, append, record } from './lines.ts';
import { closedBy } from './rules/closed-by.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { type ClosureCommand, isClosed } from './rules/judge-closure.ts';
import type { ClosedRecord } from './schema.ts';
import type { Closed, DeletionRequested, Status } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** Who closes a record, when (ms) and why. */
export interface ClosedBy {
  readonly act: Pick<Act, 'actor' | 'channel' | 'onBehalfOf'>;
  readonly at: number;
  readonly motive: Closed['motive'];
}

/** What a guardian does in a child's record, as the journal says it. */
export const byGuardian = (
  guardian: string,
  child: string,
  channel: 'web' | 'clock' = 'web',
): ClosedBy['act'] => ({ actor: { kind: 'guardian', id: guardian }, channel, onBehalfOf: child });

/** A record after the commands of a closure, with a line for each; they are those that its judgement allowed. */
export function closure(
  status: Status,
  commands: readonly ClosureCommand[],
  { act, at, motive }: ClosedBy,
): { last: Status; lines: JournalLine[] } {
  const lines: JournalLine[] = [];
  let last: Status = status;
  for (const command of commands) {
    const to = closedBy(last, command, { at, motive, delays });
    const { next, line } = append<Closed | DeletionRequested>(to, status.holder, {
      ...{ id: newId(), at, ...act },
      action: command === 'close' ? 'enrolment/close' : 'enrolment/request-deletion',
      object: record(last, { from: last.status, to: to.status }),
    });
    lines.push(line);
    last = next;
  }
  return { last, lines };
}

/** What is answered of a record that was closed. */
export function toldClosed(status: Status): ClosedRecord {
  if (!isClosed(status)) throw new Error('a closure that did not close');
  const { holder, closedAt } = status;
  if (status.status === 'closed') return { status: 'closed', holder, closedAt };
  const { deletionRequestedAt, deleteFrom } = status;
  return { status: 'deletion-requested', holder, closedAt, deletionRequestedAt, deleteFrom };
}
