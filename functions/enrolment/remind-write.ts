import { statusKey } from '#shared/record/table.ts';
import type { Hint } from './due-hint.ts';
import { TableName } from './table.ts';

/**
 * Notes from a hint, without having read the person, that he is reminded of his deadline so many days before its end:
 * only if he still stands where the hint says, and was not reminded of it then or later.
 */
export function remindWrite(
  before: Hint,
  after: Pick<Hint, 'version' | 'headSeq' | 'headHash'>,
  days: number,
) {
  return {
    Update: {
      TableName,
      Key: statusKey(before.holder),
      UpdateExpression:
        'SET version = :version, headSeq = :seq, headHash = :hash, reminded = :reminded',
      ConditionExpression:
        '#status = :invited AND version = :before AND headSeq = :headSeq AND headHash = :headHash AND deadlineAt = :deadlineAt AND (attribute_not_exists(reminded) OR reminded.#of <> :deadlineAt OR reminded.#days > :days) AND attribute_not_exists(frozen) AND attribute_not_exists(uninformed) AND attribute_not_exists(blocked)',
      ExpressionAttributeNames: { '#status': 'status', '#of': 'of', '#days': 'days' },
      ExpressionAttributeValues: {
        ':invited': 'invited',
        ':version': after.version,
        ':seq': after.headSeq,
        ':hash': after.headHash,
        ':days': days,
        ':reminded': { of: before.deadlineAt, days },
        ':before': before.version,
        ':headSeq': before.headSeq,
        ':headHash': before.headHash,
        ':deadlineAt': before.deadlineAt,
      },
    },
  };
}
