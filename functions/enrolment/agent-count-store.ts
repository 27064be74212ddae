import * as z from 'zod';
import { itemAt } from '#shared/record/table.ts';
import { TableName } from './table.ts';

/** An agent (keyed fingerprint) and an hour, `YYYY-MM-DDTHH` in UTC. */
export interface AgentHour {
  readonly agent: string;
  readonly hour: string;
}

/** Kept a little longer than the hour that it counts for. */
const keptSeconds = 2 * 3600;

const keyOf = ({ agent, hour }: AgentHour) => ({ pk: `AGENT#${agent}`, sk: hour });

/** About how many people an agent has asked in the hour. */
export async function agentCount(at: AgentHour): Promise<number> {
  const Stored = z.object({ count: z.int() }).optional();
  return Stored.parse(await itemAt(keyOf(at)))?.count ?? 0;
}

/** Counts one more, only below the limit: of two at once at the end the second is cancelled. `now` in ms. */
export function agentCountWrite(at: AgentHour, { limit, now }: { limit: number; now: number }) {
  return {
    Update: {
      TableName,
      Key: keyOf(at),
      UpdateExpression: 'ADD #count :one SET expiresAt = :expiresAt',
      ConditionExpression: 'attribute_not_exists(#count) OR #count < :limit',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: {
        ':one': 1,
        ':limit': limit,
        ':expiresAt': Math.floor(now / 1000) + keptSeconds,
      },
    },
  };
}
