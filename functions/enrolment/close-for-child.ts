import * as z from 'zod';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { type AskingFor, childOf } from './child-of.ts';
import { byGuardian, closure, toldClosed } from './closure.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { closedAfterTerm } from './rules/deletion-delays.ts';
import { judgeChildClosure, waitingWish } from './rules/judge-child-closure.ts';
import { refuse } from './rules.ts';
import type { ClosureRequest } from './schema.ts';
import type { Activated, Closed, Status } from './stored.ts';
import type { ClosureWish } from './stored-child.ts';

const { CHILD_CLOSURE_DAYS: days } = env({
  CHILD_CLOSURE_DAYS: z.coerce.number().int().min(1).max(366),
});

/**
 * Closes a child's record for its guardian, and asks for its deletion if he wishes (ENR-42, MIN-2): at once where he
 * is the only one; else after a term in which the other may stop it. The same wish again gets the same answer.
 */
export async function closeForChild(asked: AskingFor & { readonly body: ClosureRequest }) {
  const { body, receivedAt } = asked;
  const { deletion, motive } = body;
  const reference = newId();
  return untilUnrivalled(async () => {
    const { status, guardian } = await childOf(asked);
    // Our own write, whose answer was lost on the way.
    if (waitingWish(status)?.reference === reference) return waits(status);
    const judged = judgeChildClosure(status, { guardian, deletion });
    if (judged.is === 'repeat') return waits(status);
    if (judged.is === 'closure-waits' || judged.is === 'nothing-to-close') throw refuse(judged.is);
    const act = byGuardian(guardian, status.holder);
    if (judged.is === 'at-once') {
      const { last, lines } = closure(status, judged.commands, { act, at: receivedAt, motive });
      if (lines.length > 0)
        await transact([statusWrite(last, status.version), ...lines.map(journalWrite)]);
      return { status: 200, body: toldClosed(last) };
    }
    if (status.status !== 'activated' && status.status !== 'closed')
      throw new Error('a wish for what is not open');
    const closing: ClosureWish = {
      ...{ reference, by: guardian, deletion, state: 'waiting' },
      until: closedAfterTerm(receivedAt, days),
      ...(motive === undefined ? {} : { motive }),
    };
    const { next, line } = append<Activated | Closed>({ ...status, closing }, status.holder, {
      ...{ id: reference, at: receivedAt, ...act, action: 'enrolment/wish-closure' },
      object: record(status, {}),
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
    return waits(next);
  });
}

function waits(status: Status) {
  const wish = waitingWish(status);
  if (!wish) throw new Error('a wish that does not wait');
  const { reference, until, deletion } = wish;
  return { status: 202, body: { status: 'waiting', wish: reference, until, deletion } as const };
}
