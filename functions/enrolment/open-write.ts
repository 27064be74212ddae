import { statusKey } from '#shared/record/table.ts';
import { clockDue } from './due.ts';
import type { Hint } from './due-hint.ts';
import { adultFrom } from './rules/unrepresented.ts';
import { TableName } from './table.ts';

/**
 * Opens a record from its hint, without having read it: only if it still stands where the hint says,
 * invited and informed, neither frozen nor blocked, its deadline passed. A minor goes on to where his majority is found.
 */
export function openWrite(
  before: Hint,
  after: Pick<Hint, 'version' | 'headSeq' | 'headHash'>,
  now: number,
) {
  const at = new Date(now).toISOString();
  const { adultOn } = before;
  const due = adultOn === undefined ? undefined : clockDue(before.holder, adultFrom({ adultOn }));
  return {
    Update: {
      TableName,
      Key: statusKey(before.holder),
      UpdateExpression: `SET #status = :open, version = :version, headSeq = :seq, headHash = :hash, openedAt = :now${
        due ? ', duePk = :duePk, dueSk = :dueSk REMOVE adultOn' : ' REMOVE duePk, dueSk'
      }`,
      ConditionExpression:
        '#status = :invited AND version = :before AND headSeq = :headSeq AND headHash = :headHash AND deadlineAt < :now AND attribute_not_exists(frozen) AND attribute_not_exists(uninformed) AND attribute_not_exists(blocked)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ...(due ? { ':duePk': due.duePk, ':dueSk': due.dueSk } : {}),
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
