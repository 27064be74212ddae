import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { chainPk, TableName } from '#shared/journal/keys.ts';
import { changesLane, lanes } from '#shared/journal/lanes.ts';

const deletionsInFlight = 8;
const Keys = z.array(z.object({ pk: z.string(), sk: z.string() }));

/** Takes all lines of a holder away, those of his changes last: who dies on the way is known by what is left there. */
export async function eraseLines(holder: string): Promise<void> {
  for (const lane of [...lanes.filter((one) => one !== changesLane), changesLane])
    await inLanes(keysOf(holder, lane), deletionsInFlight, async (Key) => {
      await dynamo.send(new DeleteCommand({ TableName, Key }));
    });
}

async function* keysOf(holder: string, lane: number) {
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ProjectionExpression: 'pk, sk',
        ExpressionAttributeValues: { ':pk': chainPk(holder, lane) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    yield* Keys.parse(Items ?? []);
    if (!LastEvaluatedKey) return;
    from = LastEvaluatedKey;
  }
}
