import { grantOwner } from '#shared/access/grant.ts';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { activatedOf, forChild } from './granted-child.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { guardianRoutes as routes } from './routes-guardians.ts';
import { judgeWithdrawal } from './rules/judge-second.ts';
import { refuse } from './rules.ts';
import type { Activated } from './stored.ts';

/**
 * Takes an invitation back that nobody has answered yet (MIN-2): whoever mistyped a number would wait for nobody until its
 * end. The answer is the same whoever was named. Taken back before, it is answered alike.
 */
export const withdrawInvitation = operation(routes.withdrawInvitation, async (asked) => {
  const grant = forChild(await grantOwner(asked));
  const at = new Date(asked.receivedAt).toISOString();
  await untilUnrivalled(async () => {
    const status = await activatedOf(grant);
    const { second } = status;
    const verdict = judgeWithdrawal(second, at);
    if (verdict === 'unknown-invitation' || !second) throw refuse('unknown-invitation');
    if (verdict === 'repeat') return;
    const to: Activated = { ...status, second: { ...second, state: 'withdrawn' } };
    const { next, line } = append<Activated>(to, status.holder, {
      ...{ id: newId(), at: asked.receivedAt, actor: grant.actor, channel: 'web' },
      action: 'enrolment/withdraw-invitation',
      object: record(status, {}),
      onBehalfOf: status.holder,
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
  });
  return { status: 200, body: { status: 'WITHDRAWN' } };
});
