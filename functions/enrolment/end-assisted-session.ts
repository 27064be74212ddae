import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { endWrite, isRunning, loadAssisted, loadOfAgent } from '#shared/record/assisted.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { agentAs } from './agents.ts';
import { recordOfSession, sessionEnded } from './assisted-end.ts';
import { statusWrite } from './person-store.ts';
import { assistedRoutes as routes } from './routes-assisted.ts';
import { agentTag } from './tags.ts';

/**
 * Ends the session at a counter: by the holder who is in it, or by the adviser who opened it and leaves his post.
 * None is left, whether one ran or not: the same answer.
 */
export const endAssistedSession = operation(
  routes.endAssistedSession,
  async ({ caller, receivedAt, now }) => {
    const who = signedIn(caller);
    const session = await sessionOf(who);
    if (session !== undefined) await end(session, { who, receivedAt, now });
    return { status: 200, body: { status: 'ended' } };
  },
);

async function sessionOf(who: SignedIn): Promise<string | undefined> {
  if (who.kind === 'assisted') return who.subject;
  const agent = agentAs(['desk'], who);
  return loadOfAgent(agentTag(await secretOrNobodys('lookup'), agent.subject));
}

async function end(
  id: string,
  { who, receivedAt, now }: { who: SignedIn; receivedAt: number; now: number },
): Promise<void> {
  await untilUnrivalled(async () => {
    const session = await loadAssisted(id);
    if (!session || !isRunning(session, now)) return;
    const { structure } = session;
    const ended = endWrite(id, new Date(receivedAt).toISOString());
    const status = await recordOfSession(session.holder);
    // Its record is no more: nothing is left in which a line could stand.
    if (!status) return transact([ended]);
    const { holder } = status;
    const actor: Actor =
      who.kind === 'assisted' ? { kind: 'holder', id: holder, structure } : actorOf(who);
    const { next, line } = sessionEnded(status, { actor, receivedAt });
    await transact([ended, statusWrite(next, status.version), journalWrite(line)]);
  });
}
