import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { contestWrites } from './contest-store.ts';
import { append, record } from './lines.ts';
import { justSignedIn, ownStatus } from './own-status.ts';
import { statusWrite } from './person-store.ts';
import { stopRoutes as routes } from './routes-stops.ts';
import { mayObjectToSuspension } from './rules/suspended.ts';
import { refuse } from './rules.ts';
import type { SuspendedRecord } from './schema-stops.ts';
import type { Suspended } from './stored.ts';
import { toldSuspension } from './told-suspension.ts';

/**
 * Takes the holder's objection to the suspension of his record (ENR-45): from then on no clock closes it, a
 * supervisor decides. Decides by when the request was received, also where the closing was faster to come: then there
 * is nothing suspended any more, and a new code opens the closed record.
 */
export const objectToSuspension = operation(
  routes.objectToSuspension,
  async ({ caller, receivedAt }) => ({
    status: 200,
    body: await objectToOwn({ caller: signedIn(caller), receivedAt }),
  }),
);

/** The core of it; `receivedAt` in ms. */
export async function objectToOwn(asked: {
  caller: SignedIn;
  receivedAt: number;
}): Promise<SuspendedRecord> {
  const { caller, receivedAt } = asked;
  justSignedIn(caller, receivedAt);
  const objectedAt = new Date(receivedAt).toISOString();
  return untilUnrivalled(async () => {
    const status = await ownStatus(caller);
    if (status?.status !== 'suspended') throw refuse('not-suspended');
    if (status.objectedAt !== undefined) return toldSuspension(status);
    if (!mayObjectToSuspension(status, objectedAt)) throw refuse('suspension-term-over');
    const to: Suspended = { ...status, objectedAt };
    const { next, line } = append(to, status.holder, {
      ...{ id: newId(), at: receivedAt, channel: 'web' },
      actor: { kind: 'holder', id: status.holder },
      action: 'enrolment/object-to-suspension',
      object: record(status, {}),
    });
    await transact([
      statusWrite(next, status.version),
      ...contestWrites([status], [next], { at: receivedAt }),
      journalWrite(line),
    ]);
    return toldSuspension(next);
  });
}
