import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { overVersion } from '#shared/aws/over-version.ts';
import { itemAt } from '#shared/record/table.ts';
import { LetterBatch, Member, PrintOrder } from './stored-letters.ts';
import { TableName } from './table.ts';

const batchKey = (batch: string) => ({ pk: 'LETTERS', sk: batch });
const orderKey = (department: string) => ({ pk: 'LETTERORDERS', sk: department });
const membersPk = (batch: string): string => `LETTERS#${batch}`;
const memberKey = (batch: string, place: number) => ({
  pk: membersPk(batch),
  sk: String(place).padStart(3, '0'),
});

export async function loadBatch(batch: string): Promise<LetterBatch | undefined> {
  return LetterBatch.optional().parse(await itemAt(batchKey(batch)));
}

export async function loadOrder(department: string): Promise<PrintOrder | undefined> {
  return PrintOrder.optional().parse(await itemAt(orderKey(department)));
}

/** Only over the version that was read, or where there is none. */
export function batchWrite(next: LetterBatch, before: number | undefined) {
  return { Put: { TableName, Item: { ...batchKey(next.batch), ...next }, ...overVersion(before) } };
}

/** Only over the version that was read, or where there is none. */
export function orderWrite(next: PrintOrder, before: number | undefined) {
  return {
    Put: { TableName, Item: { ...orderKey(next.department), ...next }, ...overVersion(before) },
  };
}

/** Part of a transaction: nobody enters a batch that is not being filled any more. */
export function isFilling(batch: string) {
  return {
    ConditionCheck: {
      TableName,
      Key: batchKey(batch),
      ConditionExpression: '#state = :filling',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':filling': 'filling' },
    },
  };
}

/** A place in a batch, for who comes first. */
export function placeWrite(batch: string, member: Member) {
  const Item = { ...memberKey(batch, member.place), ...member };
  return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** What became of a letter; its sealed code is not needed any more. Only over what was read. */
export function memberWrite(batch: string, next: Member, before: Member) {
  const { sealed: _sealed, ...rest } = next;
  return {
    Put: {
      TableName,
      Item: { ...memberKey(batch, next.place), ...rest },
      ConditionExpression: before.became ? 'became = :before' : 'attribute_not_exists(became)',
      ...(before.became ? { ExpressionAttributeValues: { ':before': before.became } } : {}),
    },
  };
}

/** One letter of a batch as it stands at this moment. */
export async function loadMember(batch: string, place: number): Promise<Member> {
  return Member.parse(await itemAt(memberKey(batch, place)));
}

/** The letters of a batch in the order of their places: five hundred at most. */
export async function loadMembers(batch: string): Promise<Member[]> {
  const members: Member[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': membersPk(batch) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    members.push(...z.array(Member).parse(Items));
    if (!LastEvaluatedKey) return members;
    from = LastEvaluatedKey;
  }
}

/** A page of batches, latest day first, and the cursor after it. */
export async function listBatches(page: { after: string | undefined; limit: number }) {
  const { after } = page;
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: after ? 'pk = :pk AND sk < :after' : 'pk = :pk',
    ExpressionAttributeValues: { ':pk': 'LETTERS', ...(after ? { ':after': after } : {}) },
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: page.limit,
  });
  const { Items = [], LastEvaluatedKey } = await dynamo.send(query);
  const batches = z.array(LetterBatch).parse(Items);
  return { batches, next: LastEvaluatedKey ? batches.at(-1)?.batch : undefined };
}
