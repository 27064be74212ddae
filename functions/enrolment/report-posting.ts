import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { isSamePosting, postingFault, postingOf } from '#shared/kernel/print-reports.ts';
import { newId } from '#shared/random.ts';
import { agentAs } from './agents.ts';
import { batchWrite, loadMembers } from './letter-store.ts';
import { append } from './lines.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import type { LetterBatch } from './stored-letters.ts';
import { givenOut } from './told-batch.ts';

/** Takes the print shop's word that a batch was posted; the line on the house bus starts what follows (ENR-2). */
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
      const { readyAt } = batch;
      const printed = new Set((await loadMembers(batch.batch)).map(({ reference }) => reference));
      const fault = postingFault(body, { printed, readyAt, reportedAt: receivedAt });
      if (fault) throw refuse(fault);
      const posting = postingOf(body, receivedAt);
      const to: LetterBatch = { ...batch, state: 'posted', posting };
      const { next, line } = append(to, `letters:${batch.batch}`, {
        ...{ id, at: receivedAt, actor: actorOf(agent), channel: 'api' },
        action: 'enrolment/post-letters',
        object: {
          ...{ kind: 'letters', id: batch.batch, department: batch.department, to: body.postedOn },
        },
        visible: 'operator',
      });
      await transact([batchWrite(next, batch.version), journalWrite(line)]);
    });
    return { status: 202, body: { batch: params.batch, status: 'accepted' } };
  },
);
