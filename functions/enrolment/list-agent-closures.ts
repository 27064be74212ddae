import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { agentAs, whoCallsBack } from './agents.ts';
import { callsPk } from './due.ts';
import { duePeople } from './due-store.ts';
import { loadStatuses } from './people-store.ts';
import { agentClosureRoutes as routes } from './routes-agent-closure.ts';
import { waitingCall } from './rules/judge-agent-closure.ts';
import type { WaitingClosure } from './schema-agent-closure.ts';
import { agentTag } from './tags.ts';
import { toldWaiting } from './told-asked.ts';

/** Read at once where most are of other départements. */
const manyAtOnce = 500;

/**
 * The wishes that wait for a call-back (ENR-42, ENR-43), soonest term first. The index tells where to look; each status,
 * as it stands now, whether its wish still waits.
 */
export const listAgentClosures = operation(
  routes.listAgentClosures,
  async ({ query, caller, receivedAt }) => {
    const { subject } = agentAs(whoCallsBack, caller);
    const { department, limit = 20 } = query;
    const agent = agentTag(await secretOrNobodys('lookup'), subject);
    const at = new Date(receivedAt).toISOString();
    // One more than a page tells whether another follows.
    const size = department === undefined ? limit + 1 : manyAtOnce;
    const after = readCursor(query.cursor) ?? '#';
    const closures: WaitingClosure[] = [];
    let last: string | undefined;
    for await (const people of duePeople(callsPk, { after, department, size })) {
      for (let from = 0; from < people.length; from += limit + 1) {
        const chunk = people.slice(from, from + limit + 1);
        const statuses = await loadStatuses(chunk.map(({ holder }) => holder));
        for (const { holder, dueSk } of chunk) {
          const status = statuses.get(holder);
          const wish = status && waitingCall(status, at);
          if (!wish) continue;
          if (closures.length === limit)
            return { status: 200, body: { closures, ...writeCursor(last) } };
          closures.push(toldWaiting(wish, { department: status.department, agent }));
          last = dueSk;
        }
      }
    }
    return { status: 200, body: { closures } };
  },
);
