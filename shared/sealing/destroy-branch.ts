import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { env } from '../env.ts';

const { KEYS_TABLE: TableName } = env({ KEYS_TABLE: z.string().min(1) });

const Key = z.object({ 'branch-key-id': z.string(), type: z.string() });

/**
 * Destroys a branch key: the active one, every version and the beacon key. What was sealed under it opens
 * nowhere any more, once warm caches have let go of it (`keptMs`). Done again it finds nothing left.
 * Which versions there were is read consistently until none is left.
 */
export async function destroyBranch(branch: string): Promise<void> {
  for (;;) {
    const { Items } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#branch = :branch',
        ProjectionExpression: '#branch, #type',
        ExpressionAttributeNames: { '#branch': 'branch-key-id', '#type': 'type' },
        ExpressionAttributeValues: { ':branch': branch },
        ConsistentRead: true,
      }),
    );
    const keys = z.array(Key).parse(Items ?? []);
    if (keys.length === 0) return;
    for (const key of keys) await dynamo.send(new DeleteCommand({ TableName, Key: key }));
  }
}
