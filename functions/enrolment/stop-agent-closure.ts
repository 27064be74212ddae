import { findOwn } from '#shared/access/grant.ts';
import { Rivalled, transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { callStopped } from './call-stopped.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { agentClosureRoutes as routes } from './routes-agent-closure.ts';
import { askedOf, waitingCall } from './rules/judge-agent-closure.ts';
import { refuse } from './rules.ts';

/**
 * Stops what an agent took down about the caller's own record (ENR-42): nobody closes it by a call. Asks for no fresh
 * sign-in, since it changes nothing. Done before, it is answered alike.
 */
export const stopAgentClosure = operation(
  routes.stopAgentClosure,
  async ({ caller, receivedAt }) => {
    const at = new Date(receivedAt).toISOString();
    await untilUnrivalled(async () => {
      const own = (await findOwn(signedIn(caller)))?.standing;
      if (!own?.agentClosing) throw refuse('unknown-closure-wish');
      const status = await loadStatus(own.holder);
      // Another account's since it was looked for.
      if (!status || !('linkTag' in status) || status.linkTag !== own.linkTag) throw new Rivalled();
      if (askedOf(status)?.state === 'stopped') return;
      if (!waitingCall(status, at)) throw refuse('unknown-closure-wish');
      const { next, line } = callStopped(status, {
        ...{ id: newId(), at: receivedAt, channel: 'web' },
        actor: { kind: 'holder', id: status.holder },
      });
      await transact([statusWrite(next, status.version), journalWrite(line)]);
    });
    return { status: 200, body: { state: 'stopped' } };
  },
);
