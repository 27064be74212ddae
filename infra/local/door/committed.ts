import type { Call } from './call.ts';
import { askDatabase, type Database, type DatabaseAnswer } from './dynamodb-forward.ts';
import { placesOf } from './places.ts';

/**
 * Waits until a transaction that DynamoDB Local acknowledged is really kept. It answers some
 * milliseconds before its commit: a kill -9 right after an answer lost it in 10 of 14 tries. Its reads
 * wait for the commit (with one, 0 of 14). Rejects when the read does not succeed: then nobody knows,
 * and nothing is acknowledged. AWS itself answers after the commit.
 */
export async function committed(call: Call, answer: DatabaseAnswer, to: Database): Promise<void> {
  if (call.operation !== 'TransactWriteItems' || answer.status >= 300) return;
  const [first] = await placesOf(call, to);
  if (first === undefined) return;
  const input = { TableName: first.table, Key: first.key, ConsistentRead: true };
  const { status, error } = await askDatabase(call, 'GetItem', { input, to });
  if (status >= 300) throw new Error(`Whether the transaction was kept is unknown: ${error}`);
}
