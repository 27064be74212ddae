import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { pkOf, TableName } from './table.ts';

/** What a record held when its erasure began. */
const Inventory = z.object({ documents: z.int(), versions: z.int() });
export type Inventory = z.infer<typeof Inventory>;

const keyOf = (holder: string) => ({ pk: pkOf(holder), sk: 'ERASURE' });
const deletionsInFlight = 8;

export async function loadInventory(holder: string): Promise<Inventory | undefined> {
  const get = new GetCommand({ TableName, Key: keyOf(holder), ConsistentRead: true });
  return Inventory.optional().parse((await dynamo.send(get)).Item);
}

/** Keeps what was counted, unless somebody counted before: then his count. */
export async function noteInventory(holder: string, counted: Inventory): Promise<Inventory> {
  const put = new PutCommand({
    TableName,
    Item: { ...keyOf(holder), ...counted },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  try {
    await dynamo.send(put);
    return counted;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    // Gone again: the erasure is told already, and no count is told a second time.
    return (await loadInventory(holder)) ?? counted;
  }
}

/** Takes away what was counted, once the line tells it: the last thing of the holder. */
export async function endInventory(holder: string): Promise<void> {
  await dynamo.send(new DeleteCommand({ TableName, Key: keyOf(holder) }));
}

const Placed = z.object({ pk: z.string(), sk: z.string(), origin: z.string().optional() });

async function* filed(holder: string): AsyncGenerator<z.infer<typeof Placed>[]> {
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ProjectionExpression: 'pk, sk, origin',
        ExpressionAttributeValues: { ':pk': pkOf(holder) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    yield z.array(Placed).parse(Items ?? []);
    if (!LastEvaluatedKey) return;
    from = LastEvaluatedKey;
  }
}

/** How many documents are filed in a record, those of a DMP included that are not current yet. */
export async function countFiled(holder: string): Promise<number> {
  let count = 0;
  for await (const page of filed(holder))
    count += page.filter(({ sk }) => /^(DOC|HELD)#/.test(sk)).length;
  return count;
}

/** The records from which documents of a holder came; of what is filed nothing else is read, so damage stops no erasure. */
export async function originsOf(holder: string): Promise<ReadonlySet<string>> {
  const origins = new Set<string>();
  for await (const page of filed(holder))
    for (const { origin } of page) if (origin !== undefined) origins.add(origin);
  return origins;
}

/** Takes away all that is filed of a holder but the inventory. */
export async function eraseFiled(holder: string): Promise<void> {
  const { sk: kept } = keyOf(holder);
  for await (const page of filed(holder))
    await inLanes(
      page.filter(({ sk }) => sk !== kept),
      deletionsInFlight,
      async ({ pk, sk }) =>
        void (await dynamo.send(new DeleteCommand({ TableName, Key: { pk, sk } }))),
    );
}
