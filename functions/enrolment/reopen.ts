import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { childOf } from './child-of.ts';
import { append, record } from './lines.ts';
import { justSignedIn, notOfMinor, ownStatus } from './own-status.ts';
import { statusWrite } from './person-store.ts';
import { ownRoutes as routes } from './routes-own.ts';
import { isReopened, wasOwn } from './rules/judge-closure.ts';
import { type Reopened, reopened } from './rules/reopened.ts';
import { refuse } from './rules.ts';
import type { ReopenedRecord } from './schema.ts';
import type { Status } from './stored.ts';

export const reopen = operation(routes.reopen, async (asked) => {
  const { receivedAt, actingFor } = asked;
  const caller = signedIn(asked.caller);
  if (actingFor === undefined)
    return { status: 200, body: await reopenOwn({ caller, receivedAt }) };
  justSignedIn(caller, receivedAt);
  // What one of two guardians closed any of them opens again: nothing is lost by an open record (MIN-2).
  const body = await untilUnrivalled(async () => {
    const { status, guardian } = await childOf(asked);
    return write(status, receivedAt, { kind: 'guardian', id: guardian });
  });
  return { status: 200, body };
});

/**
 * Reopens the record that the caller closed (ENR-44, R1111-36): data, choices and account as they were. A
 * deletion that was asked for and has not begun is off. The same wish again gets the same answer.
 */
export async function reopenOwn(asked: {
  caller: SignedIn;
  receivedAt: number;
}): Promise<ReopenedRecord> {
  const { caller, receivedAt } = asked;
  justSignedIn(caller, receivedAt);
  return untilUnrivalled(async () => {
    const status = await ownStatus(caller);
    notOfMinor(status, receivedAt);
    return write(status, receivedAt, { kind: 'holder', id: status?.holder ?? '' });
  });
}

async function write(
  status: Status | undefined,
  receivedAt: number,
  actor: Actor,
): Promise<ReopenedRecord> {
  if (status && isReopened(status)) return told(status);
  if (status?.status === 'deleting') throw refuse('deletion-under-way');
  // Closed after a suspension: who has the account may be why, so it takes a new code.
  if (!status || !wasOwn(status) || status.closedAfter) throw refuse('nothing-to-reopen');
  const to = reopened(status, new Date(receivedAt).toISOString());
  const { next, line } = append<Reopened>(to, status.holder, {
    ...{ id: newId(), at: receivedAt, channel: 'web', actor },
    action: 'enrolment/reopen',
    object: record(status, { from: status.status, to: 'activated' }),
    ...(actor.kind === 'guardian' ? { onBehalfOf: status.holder } : {}),
  });
  await transact([statusWrite(next, status.version), journalWrite(line)]);
  return told(next);
}

const told = ({ holder, activatedAt, reopenedAt }: Reopened): ReopenedRecord => ({
  status: 'activated',
  ...{ holder, activatedAt, reopenedAt },
});
