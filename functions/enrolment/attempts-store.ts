import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { newId } from '#shared/random.ts';
import type { CurrentCode } from './stored-code.ts';
import { TableName } from './table.ts';

/** An attempt's place in the counters: by network each hour anew, and by network on one person. */
export interface Counted {
  readonly network: string;
  readonly holder: string;
  /** `YYYY-MM-DDTHH`, UTC. */
  readonly hour: string;
}

/** Kept a little longer than the hour, or the code, that they count for. */
const keptSeconds = 2 * 3600;

const networkKey = ({ network, hour }: Counted) => ({ pk: `NET#${network}`, sk: hour });
const triedKey = ({ network, holder }: Counted) => ({ pk: `H#${holder}`, sk: `TRY#${network}` });

async function load(Key: { pk: string; sk: string }): Promise<unknown> {
  const get = new GetCommand({ TableName, Key, ConsistentRead: true });
  return (await dynamo.send(get)).Item;
}

/** Failures of a network in the hour, on whomever. */
export async function networkFailures(at: Counted): Promise<number> {
  const Stored = z.object({ count: z.int() }).optional();
  return Stored.parse(await load(networkKey(at)))?.count ?? 0;
}

const Tried = z.object({
  revision: z.int(),
  hour: z.string(),
  /** Wrong codes in that hour. */
  soft: z.int(),
  /** Wishes for a new code in that hour. */
  asked: z.int(),
  /** Which code the hard failures below were on. */
  generation: z.int(),
  hard: z.int(),
});
type Tried = z.infer<typeof Tried>;

/** What one network has tried on one person, as it counts now. */
export type Counts = Pick<Tried, 'soft' | 'asked' | 'hard'>;

export async function loadTried(at: Counted): Promise<Tried | undefined> {
  return Tried.optional().parse(await load(triedKey(at)));
}

/** Of what was tried: what belongs to this hour, and to this code. */
export function countsNow(
  tried: Tried | undefined,
  { hour }: Counted,
  code: CurrentCode | undefined,
): Counts {
  const { soft = 0, asked = 0 } = tried?.hour === hour ? tried : {};
  const hard = tried && tried.generation === code?.generation ? tried.hard : 0;
  return { soft, asked, hard };
}

/** Puts new counts over those that were read; kept as long as the code, where one was counted on. */
export function triedWrite(
  at: Counted,
  over: { before: Tried | undefined; counts: Counts; code: CurrentCode | undefined; now: number },
) {
  const { before, counts, code, now } = over;
  const lasts = Math.max(now, counts.hard > 0 && code ? Date.parse(code.validUntil) : 0);
  const tried: Tried = {
    ...counts,
    hour: at.hour,
    generation: code?.generation ?? 0,
    revision: (before?.revision ?? 0) + 1,
  };
  return {
    Put: {
      TableName,
      Item: { ...triedKey(at), ...tried, expiresAt: Math.floor(lasts / 1000) + keptSeconds },
      ...(before
        ? {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': before.revision },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
}

/** Counts one attempt of a network. */
export function networkWrite(at: Counted, now: number) {
  return {
    Update: {
      TableName,
      Key: networkKey(at),
      UpdateExpression: 'ADD #count :one SET expiresAt = :expiresAt',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: {
        ':one': 1,
        ':expiresAt': Math.floor(now / 1000) + keptSeconds,
      },
    },
  };
}

/** Writes that change nothing for anybody: an attempt on nobody takes as long as one on somebody. */
export function decoyWrites(writes: number, now: number) {
  return Array.from({ length: writes }, () => ({
    Put: {
      TableName,
      Item: {
        pk: `DECOY#${newId()}`,
        sk: 'DECOY',
        padding: 'x'.repeat(400),
        expiresAt: Math.floor(now / 1000) + keptSeconds,
      },
    },
  }));
}
