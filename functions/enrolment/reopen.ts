import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { justSignedIn, ownStatus } from './own-status.ts';
import { statusWrite } from './person-store.ts';
import { routes } from './routes.ts';
import { isClosed, isReopened } from './rules/judge-closure.ts';
import { type Reopened, reopened } from './rules/reopened.ts';
import { refuse } from './rules.ts';
import type { ReopenedRecord } from './schema.ts';

export const reopen = operation(routes.reopen, async ({ caller, receivedAt }) => ({
  status: 200,
  body: await reopenOwn({ caller: signedIn(caller), receivedAt }),
}));

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
    if (status && isReopened(status)) return told(status);
    if (status?.status === 'deleting') throw refuse('deletion-under-way');
    // Closed after a suspension: who has the account may be why, so it takes a new code.
    if (!status || !isClosed(status) || status.closedAfter) throw refuse('nothing-to-reopen');
    const to = reopened(status, new Date(receivedAt).toISOString());
    const { next, line } = append<Reopened>(to, status.holder, {
      ...{ id: newId(), at: receivedAt, channel: 'web' },
      actor: { kind: 'holder', id: status.holder },
      action: 'enrolment/reopen',
      object: record(status, { from: status.status, to: 'activated' }),
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
    return told(next);
  });
}

const told = ({ holder, activatedAt, reopenedAt }: Reopened): ReopenedRecord => ({
  status: 'activated',
  ...{ holder, activatedAt, reopenedAt },
});
