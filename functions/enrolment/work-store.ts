import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { TableName } from './table.ts';

/** A piece of work: a part of a wave to be sent, of a deadline to be opened, or a département's letters. */
export interface Part {
  readonly kind: 'SENDING' | 'OPENING' | 'REMINDING' | 'DELETION' | 'LETTERS';
  readonly of: string;
  readonly part: string;
}

/** Short: it only spares double work. What two workers do at once is safe by its conditions. */
const leaseMs = 120_000;

const pkOf = ({ kind, of }: Pick<Part, 'kind' | 'of'>): string => `WORK#${kind}#${of}`;

/** Takes or renews a piece of work for a worker (`token`); false where another holds it or it is done. */
export async function takeWork(part: Part, token: string, now: number): Promise<boolean> {
  return put(part, { token, leasedUntil: now + leaseMs }, token, now);
}

/** Says that nothing is left of a piece of work; false where another worker holds it by now. */
export async function finishWork(part: Part, token: string, now: number): Promise<boolean> {
  return put(part, { token, leasedUntil: 0, done: true }, token, now);
}

/** Makes a piece of work that was done one to be done again: more has come since. */
export async function reopenWork(part: Part): Promise<void> {
  const Item = { pk: pkOf(part), sk: part.part, token: 'nobody', leasedUntil: 0 };
  const ConditionExpression = 'attribute_exists(done)';
  await dynamo
    .send(new PutCommand({ TableName, Item, ConditionExpression }))
    .catch((error: unknown) => {
      // Another run of the clock has reopened it, and a worker may have it in hand.
      if (!isConditionFailed(error)) throw error;
    });
}

/** Gives a piece of work back, so that the next message need not wait. */
export async function releaseWork(part: Part, token: string, now: number): Promise<boolean> {
  return put(part, { token, leasedUntil: 0 }, token, now);
}

async function put(part: Part, state: object, token: string, now: number): Promise<boolean> {
  const write = new PutCommand({
    TableName,
    Item: { pk: pkOf(part), sk: part.part, ...state },
    // A worker knows its own token again: a repeat after a lost answer succeeds.
    ConditionExpression:
      'attribute_not_exists(pk) OR #token = :token OR (leasedUntil < :now AND attribute_not_exists(done))',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': token, ':now': now },
  });
  try {
    await dynamo.send(write);
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

const Item = z.object({
  sk: z.string(),
  done: z.literal(true).optional(),
  leasedUntil: z.number(),
});

/** Which parts of a work are done, and which are in hand now. */
export async function loadWork(of: Pick<Part, 'kind' | 'of'>, now: number) {
  const done = new Set<string>();
  const inHand = new Set<string>();
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pkOf(of) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const item of z.array(Item).parse(Items)) {
      if (item.done) done.add(item.sk);
      else if (item.leasedUntil >= now) inHand.add(item.sk);
    }
    if (!LastEvaluatedKey) return { done, inHand };
    from = LastEvaluatedKey;
  }
}
