import { statusKey } from '#shared/record/table.ts';
import type { Hint } from './open-shard.ts';
import { TableName } from './table.ts';

/**
 * Opens a record from its hint, without having read it: only if it still stands where the hint says,
 * invited and informed, neither frozen nor blocked, its deadline passed.
 */
export function openWrite(
  before: Hint,
  after: Pick<Hint, 'version' | 'headSeq' | 'headHash'>,
  now: number,
) {
  const at = new Date(now).toISOString();
  return {
    Update: {
      TableName,
      Key: statusKey(before.holder),
      UpdateExpression:
        'SET #status = :open, version = :version, headSeq = :seq, headHash = :hash, openedAt = :now REMOVE duePk, dueSk',
      ConditionExpression:
        '#status = :invited AND version = :before AND headSeq = :headSeq AND headHash = :headHash AND deadlineAt < :now AND attribute_not_exists(frozen) AND attribute_not_exists(uninformed) AND attribute_not_exists(blocked)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':open': 'open',
        ':invited': 'invited',
        ':version': after.version,
        ':seq': after.headSeq,
        ':hash': after.headHash,
        ':now': at,
        ':before': before.version,
        ':headSeq': before.headSeq,
        ':headHash': before.headHash,
      },
    },
  };
}
