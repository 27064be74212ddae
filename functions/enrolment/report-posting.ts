import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { judgePostingDay } from '#shared/kernel/posting-day.ts';
import { newId } from '#shared/random.ts';
import { actorOf, agentAs } from './agents.ts';
import { batchWrite, loadMembers } from './letter-store.ts';
import { append } from './lines.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import type { PostingReport } from './schema-letters.ts';
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
        if (isSame(batch.posting, body)) return;
        throw refuse('already-posted', { postedOn: batch.posting.on });
      }
      const readyAt = Date.parse(batch.readyAt);
      const verdict = judgePostingDay({ on: body.postedOn, readyAt, reportedAt: receivedAt });
      if (verdict !== 'possible') throw refuse(verdict);
      const known = new Set((await loadMembers(batch.batch)).map(({ reference }) => reference));
      if (!body.exceptions.every((one) => known.has(one))) throw refuse('unknown-reference');
      const to: LetterBatch = {
        ...{ ...batch, state: 'posted' },
        posting: {
          on: body.postedOn,
          reportedAt: new Date(receivedAt).toISOString(),
          exceptions: [...new Set(body.exceptions)].sort(),
        },
      };
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

function isSame({ on, exceptions }: NonNullable<LetterBatch['posting']>, told: PostingReport) {
  const same = new Set(told.exceptions);
  return (
    on === told.postedOn &&
    same.size === exceptions.length &&
    exceptions.every((one) => same.has(one))
  );
}
