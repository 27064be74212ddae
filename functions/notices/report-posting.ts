import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { isSamePosting, postingFault, postingOf } from '#shared/kernel/print-reports.ts';
import { newId } from '#shared/random.ts';
import { batchChange } from './batch-line.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import { agentAs, givenOut } from './told-batch.ts';

/** Takes the print shop's word that a batch was posted; the line on the house bus starts what follows. */
export const reportPosting = operation(
  routes.reportPosting,
  async ({ params, body, caller, receivedAt }) => {
    const agent = agentAs(['campaign', 'print-shop'], caller);
    const id = newId();
    await untilUnrivalled(async () => {
      const batch = await givenOut(params.batch);
      if (batch.posting) {
        if (isSamePosting(batch.posting, body)) return;
        throw refuse('already-posted', { postedOn: batch.posting.on });
      }
      const { readyAt, references } = batch;
      const printed = new Set(references);
      const fault = postingFault(body, { printed, readyAt, reportedAt: receivedAt });
      if (fault) throw refuse(fault);
      const posting = postingOf(body, receivedAt);
      const told = { id, at: receivedAt, agent, action: 'notices/post-letters' } as const;
      await transact(batchChange({ ...batch, posting }, told));
    });
    return { status: 202, body: { batch: params.batch, status: 'accepted' } };
  },
);
