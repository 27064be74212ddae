import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { childOf } from './child-of.ts';
import { byGuardian } from './closure.ts';
import { append, record } from './lines.ts';
import { justSignedIn } from './own-status.ts';
import { statusWrite } from './person-store.ts';
import { guardianRoutes as routes } from './routes-guardians.ts';
import { judgeWishAnswer, wishOf } from './rules/judge-child-closure.ts';
import { refuse } from './rules.ts';
import type { Status } from './stored.ts';
import { carriedOut } from './wish-carried-out.ts';

/**
 * Answers the wish of one guardian to close a child's record: the other one agrees, which closes it at once, or
 * stops it; who asked may take it back. Who agrees has just signed in, as who closes. The same answer again is known.
 */
export const answerClosureWish = operation(routes.answerClosureWish, async (asked) => {
  const { body, params, receivedAt } = asked;
  const at = new Date(receivedAt).toISOString();
  if (body.agrees) justSignedIn(signedIn(asked.caller), receivedAt);
  const told = { status: 200, body: { state: body.agrees ? 'done' : 'stopped' } } as const;
  return untilUnrivalled(async () => {
    const { status, guardian } = await childOf(asked);
    const verdict = judgeWishAnswer(status, { ...params, guardian, agrees: body.agrees, at });
    if (verdict === 'repeat') return told;
    if (verdict !== 'agree' && verdict !== 'stop') throw refuse(verdict);
    const act = byGuardian(guardian, status.holder);
    if (verdict === 'agree') {
      await transact(carriedOut(status, { act, at: receivedAt }));
      return told;
    }
    const wish = wishOf(status);
    if (!wish || !('closing' in status)) throw new Error('an answer to no wish');
    const { next, line } = append<Status>(
      { ...status, closing: { ...wish, state: 'stopped' } },
      status.holder,
      {
        ...{ id: newId(), at: receivedAt, ...act, action: 'enrolment/stop-closure' },
        object: record(status, {}),
      },
    );
    await transact([statusWrite(next, status.version), journalWrite(line)]);
    return told;
  });
});
