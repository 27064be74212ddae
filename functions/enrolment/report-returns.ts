import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { returnFault, withReturns } from '#shared/kernel/print-reports.ts';
import { newId } from '#shared/random.ts';
import { agentAs } from './agents.ts';
import { batchWrite, loadMembers } from './letter-store.ts';
import { append } from './lines.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import { givenOut } from './told-batch.ts';

/** Takes the news that letters of a batch came back; the line on the house bus starts what follows (ENR-1). */
export const reportReturns = operation(
  routes.reportReturns,
  async ({ params, body, caller, receivedAt }) => {
    const agent = agentAs(['campaign', 'print-shop'], caller);
    const id = newId();
    await untilUnrivalled(async () => {
      const batch = await givenOut(params.batch);
      const { posting, returns = [] } = batch;
      if (!posting) throw refuse('not-posted');
      const printed = new Set((await loadMembers(batch.batch)).map(({ reference }) => reference));
      const fault = returnFault(body, { printed, posting, reportedAt: receivedAt });
      if (fault) throw refuse(fault);
      const all = withReturns(returns, body);
      // Told before, every one of them: the same answer, and nothing to write.
      if (!all) return;
      const to = { ...batch, returns: all };
      const { next, line } = append(to, `letters:${batch.batch}`, {
        ...{ id, at: receivedAt, actor: actorOf(agent), channel: 'api' },
        action: 'enrolment/return-letters',
        object: { kind: 'letters', id: batch.batch, department: batch.department },
        visible: 'operator',
      });
      await transact([batchWrite(next, batch.version), journalWrite(line)]);
    });
    return { status: 202, body: { batch: params.batch, status: 'accepted' } };
  },
);
