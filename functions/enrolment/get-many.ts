import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { pause } from '#shared/pause.ts';
import { TableName } from './table.ts';

export type ItemKey = { pk: string; sk: string };

const nameOf = ({ pk, sk }: ItemKey): string => `${pk} ${sk}`;

/** Every key once: a look at several is refused where one of them stands there twice. */
const unique = (keys: readonly ItemKey[]): ItemKey[] => [
  ...new Map(keys.map((key) => [nameOf(key), key])).values(),
];

/** The items of these keys, each once, as they stand at this moment, in any order; what is not there is left out. */
export async function getMany(keys: readonly ItemKey[]): Promise<unknown[]> {
  const found: unknown[] = [];
  let wanted: Record<string, unknown>[] = unique(keys);
  for (let round = 0; wanted.length > 0; round++) {
    if (round > 0) await pause(round);
    const answer = await dynamo.send(
      new BatchGetCommand({
        RequestItems: { [TableName]: { Keys: wanted.slice(0, 100), ConsistentRead: true } },
      }),
    );
    found.push(...(answer.Responses?.[TableName] ?? []));
    wanted = [...(answer.UnprocessedKeys?.[TableName]?.Keys ?? []), ...wanted.slice(100)];
  }
  return found;
}
