import { conditionsNow } from '#shared/access/conditions.ts';
import { findOwn } from '#shared/access/grant.ts';
import { Rivalled, transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { ownRoutes as routes } from './routes-own.ts';
import { refuse } from './rules.ts';
import type { Activated } from './stored.ts';

/**
 * Accepts the conditions that stand now, of which an earlier version was accepted before (§1.4: the date is kept,
 * and it is asked again when they change). The same again changes nothing and gets the same answer.
 */
export const acceptConditions = operation(routes.acceptConditions, async (asked) => {
  const { body, caller, receivedAt } = asked;
  const { version } = conditionsNow(receivedAt);
  if (body.version !== version) throw refuse('conditions-outdated', { version });
  const conditions = await untilUnrivalled(async () => {
    const own = (await findOwn(signedIn(caller)))?.standing;
    if (own?.status !== 'activated' || !own.conditions) throw refuse('nothing-to-accept');
    const status = await loadStatus(own.holder);
    // Closed, or another account's, since it was looked for.
    if (status?.status !== 'activated' || status.linkTag !== own.linkTag) throw new Rivalled();
    if (status.conditions.version === version) return status.conditions;
    const accepted = { version, acceptedAt: new Date(receivedAt).toISOString() };
    const { next, line } = append<Activated>({ ...status, conditions: accepted }, status.holder, {
      ...{ id: newId(), at: receivedAt, channel: 'web' },
      actor: { kind: 'holder', id: status.holder },
      action: 'enrolment/accept-conditions',
      object: record(status, {}),
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
    return accepted;
  });
  return { status: 200, body: conditions };
});
