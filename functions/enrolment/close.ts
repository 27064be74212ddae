import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { closeForChild } from './close-for-child.ts';
import { closure, toldClosed } from './closure.ts';
import { justSignedIn, notOfMinor, ownStatus } from './own-status.ts';
import { statusWrite } from './person-store.ts';
import { ownRoutes as routes } from './routes-own.ts';
import { judgeClosure } from './rules/judge-closure.ts';
import { refuse } from './rules.ts';
import type { ClosedRecord, ClosureRequest } from './schema.ts';

export interface Closing {
  readonly body: ClosureRequest;
  readonly caller: SignedIn;
  readonly receivedAt: number;
}

export const close = operation(routes.close, async (asked) => {
  const { body, receivedAt } = asked;
  const caller = signedIn(asked.caller);
  if (asked.actingFor !== undefined) {
    justSignedIn(caller, receivedAt);
    return closeForChild(asked);
  }
  return { status: 200, body: await closeOwn({ body, caller, receivedAt }) };
});

/**
 * Closes the caller's own record (ENR-42, R1111-36), and asks for its deletion if he wishes (ENR-43). From
 * the next request on it is closed to everybody. Nothing is lost: all stays as it was for a reopening. The
 * same wish again gets the same answer; who has closed may ask for the deletion later.
 */
export async function closeOwn({ body, caller, receivedAt }: Closing): Promise<ClosedRecord> {
  justSignedIn(caller, receivedAt);
  return untilUnrivalled(async () => {
    const status = await ownStatus(caller);
    notOfMinor(status, receivedAt);
    // Closed after a suspension: who has the account may be why, so nothing is deleted on its word alone.
    const isOurs = status && 'closedAfter' in status && status.closedAfter !== undefined;
    const commands = status && !isOurs && judgeClosure(status, body);
    if (!status || !commands) throw refuse('nothing-to-close');
    const { last, lines } = closure(status, commands, {
      act: { actor: { kind: 'holder', id: status.holder }, channel: 'web' },
      ...{ at: receivedAt, motive: body.motive },
    });
    if (lines.length > 0)
      await transact([statusWrite(last, status.version), ...lines.map(journalWrite)]);
    return toldClosed(last);
  });
}
