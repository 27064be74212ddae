import * as z from 'zod';
import { grantOwner } from '#shared/access/grant.ts';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { addDays, parisBounds, parisDay } from '#shared/kernel/calendar.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { newId } from '#shared/random.ts';
import { childHint } from '#shared/record/guardians.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { findPerson } from '#shared/record/person.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { namesOf } from '#shared/record/standing.ts';
import { inventedHolder, nirTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { activatedOf, forChild } from './granted-child.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { guardianRoutes as routes } from './routes-guardians.ts';
import { isGuardian } from './rules/judge-child.ts';
import { isSamePerson, mayInvite } from './rules/judge-second.ts';
import { refuse } from './rules.ts';
import type { SecondRequest } from './schema-second.ts';
import type { Activated } from './stored.ts';
import { birthTag } from './tags.ts';

const { GUARDIAN_INVITATION_DAYS: days } = env({
  GUARDIAN_INVITATION_DAYS: z.coerce.number().int().min(1).max(366),
});

/**
 * Invites a second guardian (MIN-2): who has an activated record of his own, by NIR, names and birth date. The
 * answer is the same whoever was named; that nobody is found shows by nobody answering.
 */
export const inviteGuardian = operation(routes.inviteGuardian, async (asked) => {
  const grant = forChild(await grantOwner(asked));
  const at = new Date(asked.receivedAt).toISOString();
  const last = addDays(parisDay(asked.receivedAt), days);
  const until = new Date(parisBounds(last).end).toISOString();
  const invitation = newId();
  await untilUnrivalled(async () => {
    const status = await activatedOf(grant);
    // Our own write, whose answer was lost on the way.
    if (status.second?.invitation === invitation) return;
    const may = mayInvite(status, at);
    if (may !== 'invite') throw refuse(may);
    const by = grant.actor.id;
    const holder = await named(asked.body, status, { at: asked.receivedAt, by });
    const second = { ...{ invitation, holder, by, until }, state: 'waiting' as const };
    const to = { ...status, second };
    const { next, line } = append<Activated>(to, status.holder, {
      ...{ id: newId(), at: asked.receivedAt, actor: grant.actor, channel: 'web' },
      action: 'enrolment/invite-guardian',
      object: record(status, {}),
      onBehalfOf: status.holder,
    });
    await transact([
      statusWrite(next, status.version),
      childHint({ guardian: holder, child: status.holder, until: Date.parse(until) }),
      journalWrite(line),
    ]);
  });
  return { status: 202, body: { status: 'WAITING', until } };
});

/** The holder who is meant; an invented one where nobody fits, so that all that follows is the same. */
async function named(
  given: SecondRequest,
  child: Activated,
  { at, by }: { readonly at: number; readonly by: string },
): Promise<string> {
  const key = await secretOrNobodys('lookup');
  const read = parseNir(given.nir);
  const tag = nirTag(key, read.ok ? read.nir : '');
  const invented = inventedHolder(key, tag);
  const holder = (await findByNir(tag))?.holder ?? invented;
  const [status, person] = await Promise.all([loadStatus(holder), findPerson(holder)]);
  const birth = birthTag(key, holder, given.birthDate);
  const names = status ? namesOf(status) : [holder];
  // His own number he knows: to say so tells him nothing, and he need not wait for himself.
  if (names.includes(by)) throw refuse('own-invitation');
  const fits =
    status?.status === 'activated' &&
    person !== undefined &&
    sameFingerprint(birth, status.birthTag) &&
    isSamePerson(given, person) &&
    !(status.child && isMinor(status.child, at)) &&
    !names.some((name) => child.child?.barred?.includes(name)) &&
    !isGuardian(child, names);
  return fits ? holder : invented;
}
