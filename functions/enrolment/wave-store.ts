import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { overVersion } from '#shared/aws/over-version.ts';
import type { Orders } from './job-send.ts';
import { sendingParts } from './messages.ts';
import { Wave } from './schema.ts';
import { TableName } from './table.ts';

const { progress: _progress, parts: _parts, ...shape } = Wave.shape;

/** A wave, with the end of its own chain in the journal (subject `wave:<name>`). */
export const StoredWave = z.object({
  ...shape,
  version: z.int(),
  headSeq: z.int(),
  headHash: z.string(),
});
export type StoredWave = z.infer<typeof StoredWave>;

const pk = 'WAVES';
const progressPk = (wave: string): string => `WAVE#${wave}`;

/** A wave as agents are told of it. */
export function asTold(wave: StoredWave): Wave {
  const { version: _v, headSeq: _s, headHash: _h, ...told } = wave;
  return told;
}

export async function loadWave(wave: string): Promise<StoredWave | undefined> {
  const get = new GetCommand({ TableName, Key: { pk, sk: wave }, ConsistentRead: true });
  const { Item } = await dynamo.send(get);
  return StoredWave.optional().parse(Item);
}

/** What a worker is to do for a wave: nothing unless it is being sent. */
export async function ordersOf(wave: string): Promise<Orders | undefined> {
  const found = await loadWave(wave);
  if (found?.state !== 'sending') return undefined;
  const { mailsPerSecond, departments } = found;
  return { mailsPerSecond, parts: departments.length * sendingParts };
}

/** Only over the version that was read, or where there is none. */
export function waveWrite(next: StoredWave, before: number | undefined) {
  return { Put: { TableName, Item: { pk, sk: next.wave, ...next }, ...overVersion(before) } };
}

const plansKey = { pk: 'WAVEPLANS', sk: 'PLANS' };

/** How many plans were taken so far, of all waves. */
export async function plansTaken(): Promise<number> {
  const get = new GetCommand({ TableName, Key: plansKey, ConsistentRead: true });
  const { Item } = await dynamo.send(get);
  return z.object({ taken: z.int() }).optional().parse(Item)?.taken ?? 0;
}

/** One plan after the other: two at once, for one département, would not see each other. */
export function planCount(before: number) {
  return {
    Put: {
      TableName,
      Item: { ...plansKey, taken: before + 1 },
      ...(before === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'taken = :before',
            ExpressionAttributeValues: { ':before': before },
          }),
    },
  };
}

/** A page of waves by name, and the cursor after it. */
export async function listWaves(page: { after: string | undefined; limit: number }) {
  const { after } = page;
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: after ? 'pk = :pk AND sk > :after' : 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk, ...(after ? { ':after': after } : {}) },
    ConsistentRead: true,
    Limit: page.limit,
  });
  const { Items = [], LastEvaluatedKey } = await dynamo.send(query);
  const waves = z.array(StoredWave).parse(Items);
  return { waves, next: LastEvaluatedKey ? waves.at(-1)?.wave : undefined };
}

/** Every wave; there are some hundreds in a whole campaign. */
export async function allWaves(): Promise<StoredWave[]> {
  const all: StoredWave[] = [];
  for (let after: string | undefined; ; ) {
    const { waves, next } = await listWaves({ after, limit: 200 });
    all.push(...waves);
    if (!next) return all;
    after = next;
  }
}

/** One counter for each lane of a worker, so that writers never meet on it. */
export function progressCount(
  at: { wave: string; department: string; lane: string },
  counted: 'invited' | 'deferred' | 'written',
) {
  return {
    Update: {
      TableName,
      Key: { pk: progressPk(at.wave), sk: `${at.department}#${at.lane}` },
      UpdateExpression: 'ADD #counted :one',
      ExpressionAttributeNames: { '#counted': counted },
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
}

const Counter = z.object({
  sk: z.string(),
  invited: z.int().default(0),
  deferred: z.int().default(0),
  written: z.int().default(0),
});

interface Progress {
  readonly department: string;
  invited: number;
  deferred: number;
  written: number;
}

/** How many people of a wave were invited, left to a letter, and informed by one, by département. */
export async function loadProgress(wave: string) {
  const sums = new Map<string, Progress>();
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': progressPk(wave) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const { sk, invited, deferred, written } of z.array(Counter).parse(Items)) {
      const department = sk.split('#')[0] ?? '';
      const sum = sums.get(department) ?? { department, invited: 0, deferred: 0, written: 0 };
      sum.invited += invited;
      sum.deferred += deferred;
      sum.written += written;
      sums.set(department, sum);
    }
    if (!LastEvaluatedKey) return [...sums.values()];
    from = LastEvaluatedKey;
  }
}
