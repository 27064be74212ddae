import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { type DayLetter, letterKey, type StoredSheet } from './letter-store.ts';
import { TableName } from './table.ts';

/** Notes on a letter the batch that prints it, and its sheets; false where another run did, or its record was deleted. */
export async function noteSheets(
  { day, holder }: DayLetter,
  { batch, sheets }: { batch: string; sheets: readonly StoredSheet[] },
): Promise<boolean> {
  const update = new UpdateCommand({
    TableName,
    Key: letterKey(day, holder),
    UpdateExpression: 'SET #batch = :batch, sheets = :sheets',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#batch)',
    ExpressionAttributeNames: { '#batch': 'batch' },
    ExpressionAttributeValues: { ':batch': batch, ':sheets': sheets },
  });
  try {
    await dynamo.send(update);
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

/** The part of a transaction that notes, once, that what was told of a letter's posting is done. */
export function settledWrite({ day, holder }: DayLetter, at: string) {
  return {
    Update: {
      TableName,
      Key: letterKey(day, holder),
      UpdateExpression: 'SET settled = :at',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(settled)',
      ExpressionAttributeValues: { ':at': at },
    },
  };
}

/** The part of a transaction that notes, once, that a sheet came back. */
export function returnedWrite({ day, holder }: DayLetter, reference: string) {
  return {
    Update: {
      TableName,
      Key: letterKey(day, holder),
      UpdateExpression: 'ADD returned :one',
      ConditionExpression: 'attribute_exists(pk) AND NOT contains(returned, :reference)',
      ExpressionAttributeValues: { ':one': new Set([reference]), ':reference': reference },
    },
  };
}
