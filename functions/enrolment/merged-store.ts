import { itemAt, statusKey } from '#shared/record/table.ts';
import { Merged } from './stored-merged.ts';
import { TableName } from './table.ts';

/** What stands of a merged record, and how both stood before; undefined where nothing does any more. */
export async function findMerged(holder: string): Promise<Merged | undefined> {
  return Merged.optional().parse(await itemAt(statusKey(holder)));
}

/** What stands of a merged record, and how both stood before. Throws where the record is merged into none. */
export async function loadMerged(holder: string): Promise<Merged> {
  return Merged.parse(await itemAt(statusKey(holder)));
}

/** Puts the signpost in the place of a status, only over the version that was read; it stands in no index. */
export function mergedWrite(merged: Merged, before: number) {
  return {
    Put: {
      TableName,
      Item: { ...statusKey(merged.holder), ...merged },
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': before },
    },
  };
}
