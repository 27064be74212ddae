import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { justSignedIn, ownStatus } from './own-status.ts';
import { statusWrite } from './person-store.ts';
import { routes } from './routes.ts';
import { DeletionDelays, datesAsked, datesKept } from './rules/deletion-delays.ts';
import { type ClosureCommand, isClosed, judgeClosure } from './rules/judge-closure.ts';
import { refuse } from './rules.ts';
import type { ClosedRecord, ClosureRequest } from './schema.ts';
import type { Activated, Closed, DeletionRequested, Status } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

export interface Closing {
  readonly body: ClosureRequest;
  readonly caller: SignedIn;
  readonly receivedAt: number;
}

export const close = operation(routes.close, async ({ body, caller, receivedAt }) => ({
  status: 200,
  body: await closeOwn({ body, caller: signedIn(caller), receivedAt }),
}));

/**
 * Closes the caller's own record (ENR-42, R1111-36), and asks for its deletion if he wishes (ENR-43). From
 * the next request on it is closed to everybody. Nothing is lost: all stays as it was for a reopening. The
 * same wish again gets the same answer; who has closed may ask for the deletion later.
 */
export async function closeOwn({ body, caller, receivedAt }: Closing): Promise<ClosedRecord> {
  justSignedIn(caller, receivedAt);
  return untilUnrivalled(async () => {
    const status = await ownStatus(caller);
    // Closed after a suspension: who has the account may be why, so nothing is deleted on its word alone.
    const isOurs = status && 'closedAfter' in status && status.closedAfter !== undefined;
    const commands = status && !isOurs && judgeClosure(status, body);
    if (!status || !commands) throw refuse('nothing-to-close');
    const lines: JournalLine[] = [];
    let last: Status = status;
    for (const command of commands) {
      const to = moved(last, command, { receivedAt, motive: body.motive });
      const { next, line } = append<Closed | DeletionRequested>(to, status.holder, {
        ...{ id: newId(), at: receivedAt, channel: 'web' },
        actor: { kind: 'holder', id: status.holder },
        action: command === 'close' ? 'enrolment/close' : 'enrolment/request-deletion',
        object: record(last, { from: last.status, to: to.status }),
      });
      lines.push(line);
      last = next;
    }
    if (lines.length > 0)
      await transact([statusWrite(last, status.version), ...lines.map(journalWrite)]);
    return told(last);
  });
}

interface When {
  readonly receivedAt: number;
  readonly motive: Closed['motive'];
}

/** The record after a command; what `judgeClosure` does not allow is a defect. */
function moved(from: Status, command: ClosureCommand, when: When) {
  if (command === 'close' && from.status === 'activated') return closed(from, when);
  if (command === 'request-deletion' && from.status === 'closed') return leaving(from, when);
  throw new Error('a command that its judgement does not allow');
}

function closed(
  { reopenedAt: _o, resumedAt: _s, ...kept }: Activated,
  { receivedAt, motive }: When,
): Closed {
  return {
    ...kept,
    status: 'closed',
    closedAt: new Date(receivedAt).toISOString(),
    ...datesKept(receivedAt, delays),
    ...(motive === undefined ? {} : { motive }),
  };
}

/** A reminder of the end of the ten years is none of this deletion. */
function leaving({ remindedAt: _, ...kept }: Closed, { receivedAt }: When): DeletionRequested {
  return {
    ...kept,
    status: 'deletion-requested',
    deletionRequestedAt: new Date(receivedAt).toISOString(),
    ...datesAsked(receivedAt, delays),
  };
}

function told(status: Status): ClosedRecord {
  if (!isClosed(status)) throw new Error('a closure that did not close');
  const { holder, closedAt } = status;
  if (status.status === 'closed') return { status: 'closed', holder, closedAt };
  const { deletionRequestedAt, deleteFrom } = status;
  return { status: 'deletion-requested', holder, closedAt, deletionRequestedAt, deleteFrom };
}
