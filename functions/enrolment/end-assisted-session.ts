import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { endWrite, isRunning, loadAssisted, loadOfAgent } from '#shared/record/assisted.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { actorOf, agentAs } from './agents.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
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
    const status = await loadStatus(session.holder);
    if (!status) throw new Error('a session of nobody');
    const { holder, structure } = session;
    const actor: Actor =
      who.kind === 'assisted' ? { kind: 'holder', id: holder, structure } : actorOf(who);
    const { next, line } = append(status, holder, {
      ...{ id: newId(), at: receivedAt, actor, channel: 'desk' },
      action: 'enrolment/end-assisted-session',
      object: record(status, {}),
    });
    await transact([
      endWrite(id, new Date(receivedAt).toISOString()),
      statusWrite(next, status.version),
      journalWrite(line),
    ]);
  });
}
