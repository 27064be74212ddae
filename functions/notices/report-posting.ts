import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { judgePostingDay } from '#shared/kernel/posting-day.ts';
import { newId } from '#shared/random.ts';
import { batchChange } from './batch-line.ts';
import type { NoticeBatch } from './batch-store.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import type { PostingReport } from './schema-letters.ts';
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
        if (isSame(batch.posting, body)) return;
        throw refuse('already-posted', { postedOn: batch.posting.on });
      }
      const readyAt = Date.parse(batch.readyAt);
      const verdict = judgePostingDay({ on: body.postedOn, readyAt, reportedAt: receivedAt });
      if (verdict !== 'possible') throw refuse(verdict);
      if (!body.exceptions.every((one) => batch.references.includes(one)))
        throw refuse('unknown-reference');
      const posting = {
        on: body.postedOn,
        reportedAt: new Date(receivedAt).toISOString(),
        exceptions: [...new Set(body.exceptions)].sort(),
      };
      const told = { id, at: receivedAt, agent, action: 'notices/post-letters' } as const;
      await transact(batchChange({ ...batch, posting }, told));
    });
    return { status: 202, body: { batch: params.batch, status: 'accepted' } };
  },
);

function isSame({ on, exceptions }: NonNullable<NoticeBatch['posting']>, told: PostingReport) {
  const same = [...new Set(told.exceptions)].sort();
  return on === told.postedOn && same.join() === exceptions.join();
}
