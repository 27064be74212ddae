import { operation } from '#shared/http/operation.ts';
import { findPerson } from '#shared/record/person.ts';
import { invitationsOf } from './invitations-of.ts';
import { guardianRoutes as routes } from './routes-guardians.ts';
import { stateOf } from './rules/judge-second.ts';

/** The invitations that a holder may still answer, by the child's first name (MIN-2). */
export const listInvitations = operation(routes.listInvitations, async ({ caller, receivedAt }) => {
  const at = new Date(receivedAt).toISOString();
  const { invited } = await invitationsOf(caller, receivedAt);
  const waiting = invited.filter(({ second }) => stateOf(second, at) === 'WAITING');
  const invitations = await Promise.all(
    waiting.map(async ({ status, second }) => {
      const child = (await findPerson(status.holder))?.givenNames.split(/[ ,]/)[0];
      const { invitation, until } = second;
      return { invitation, until, ...(child ? { child } : {}) };
    }),
  );
  return { status: 200, body: { invitations } };
});
