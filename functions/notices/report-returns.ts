import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { returnFault, withReturns } from '#shared/kernel/print-reports.ts';
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
      const printed = new Set(references);
      const fault = returnFault(body, { printed, posting, reportedAt: receivedAt });
      if (fault) throw refuse(fault);
      const all = withReturns(returns, body);
      // Told before, every one of them: the same answer, and nothing to write.
      if (!all) return;
      const to = { ...batch, returns: all };
      const told = { id, at: receivedAt, agent, action: 'notices/return-letters' } as const;
      await transact(batchChange(to, told));
    });
    return { status: 202, body: { batch: params.batch, status: 'accepted' } };
  },
);
