import { conditionsNow } from '#shared/access/conditions.ts';
import { findOwn } from '#shared/access/grant.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { standingOf } from '#shared/kernel/conditions.ts';
import { loadStanding, type Standing } from '#shared/record/standing.ts';
import { noteFirstSignIn } from './note-first-sign-in.ts';
import { routes } from './routes.ts';
import type { Me } from './schema.ts';

export const me = operation(routes.me, async ({ caller, receivedAt }) => {
  const who = signedIn(caller);
  if (who.kind === 'assisted') return { status: 200, body: await assisted(who) };
  const own = who.kind === 'holder' ? await findOwn(who) : undefined;
  if (!own) return { status: 200, body: who };
  const { holder, status, conditions: accepted } = own.standing;
  const record = { holder, status };
  if (status !== 'activated') return { status: 200, body: { ...who, record } };
  await noteFirstSignIn(own, receivedAt);
  const conditions = accepted && told(accepted, receivedAt);
  return { status: 200, body: { ...who, record, ...(conditions ? { conditions } : {}) } };
});

/** Whether the person is asked to accept what changed since, and until when he may go on without. */
function told(accepted: NonNullable<Standing['conditions']>, at: number): Me['conditions'] {
  const now = conditionsNow(at);
  const { mustAccept } = standingOf(accepted.version, { now, at });
  const { version, acceptUntil } = now;
  return { version, accepted, mustAccept, ...(mustAccept ? { acceptUntil } : {}) };
}

/** A holder at a counter: what he may read is decided with each request. */
async function assisted({ holder = '', ...who }: SignedIn): Promise<Me> {
  const standing = await loadStanding(holder);
  return { ...who, ...(standing ? { record: { holder, status: standing.status } } : {}) };
}
