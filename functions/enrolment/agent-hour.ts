import { secretOrNobodys } from '#shared/record/secrets.ts';
import type { AgentHour } from './agent-count-store.ts';
import { agentTag } from './tags.ts';

const hourMs = 3_600_000;

/** The hour on which an agent's act counts. `receivedAt` in ms. */
export async function agentHourOf(subject: string, receivedAt: number): Promise<AgentHour> {
  const key = await secretOrNobodys('lookup');
  return { agent: agentTag(key, subject), hour: new Date(receivedAt).toISOString().slice(0, 13) };
}

/** Seconds until the next hour begins, in which the agent is heard again. */
export const untilNextHour = (receivedAt: number): number =>
  Math.ceil((hourMs - (receivedAt % hourMs)) / 1000);
