import { findOwn } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { noteFirstSignIn } from './note-first-sign-in.ts';
import { routes } from './routes.ts';

export const me = operation(routes.me, async ({ caller, receivedAt }) => {
  const who = signedIn(caller);
  const own = who.kind === 'holder' ? await findOwn(who) : undefined;
  if (!own) return { status: 200, body: who };
  const { holder, status } = own.standing;
  if (status === 'activated') await noteFirstSignIn(own, receivedAt);
  return { status: 200, body: { ...who, record: { holder, status } } };
});
