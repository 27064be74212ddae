import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { judgeReturnDay } from '#shared/kernel/posting-day.ts';
import { newId } from '#shared/random.ts';
import { batchChange } from './batch-line.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import { agentAs, givenOut } from './told-batch.ts';

/** Takes the print shop's word that letters came back; the line on the house bus starts what follows. */
export const reportReturns = operation(
  routes.reportReturns,
  async ({ params, body, caller, receivedAt }) => {
    const agent = agentAs(['campaign', 'print-shop'], caller);
    const id = newId();
    await untilUnrivalled(async () => {
      const batch = await givenOut(params.batch);
      const { posting, returns = [], references } = batch;
      if (!posting) throw refuse('not-posted');
      for (const { reference, returnedOn } of body.returns) {
        if (!references.includes(reference) || posting.exceptions.includes(reference))
          throw refuse('unknown-reference');
        const days = { on: returnedOn, postedOn: posting.on, reportedAt: receivedAt };
        const verdict = judgeReturnDay(days);
        if (verdict !== 'possible') throw refuse(verdict);
      }
      const known = new Set(returns.map(({ reference }) => reference));
      const fresh = new Map(
        body.returns
          .filter(({ reference }) => !known.has(reference))
          .map(({ reference, returnedOn: on, reason }) => [reference, { reference, on, reason }]),
      );
      // Told before, every one of them: the same answer, and nothing to write.
      if (fresh.size === 0) return;
      const to = { ...batch, returns: [...returns, ...fresh.values()] };
      const told = { id, at: receivedAt, agent, action: 'notices/return-letters' } as const;
      await transact(batchChange(to, told));
    });
    return { status: 202, body: { batch: params.batch, status: 'accepted' } };
  },
);
