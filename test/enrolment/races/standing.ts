import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { loadCode, loadStatus } from '#functions/enrolment/person-store.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import type { Code } from '#functions/enrolment/stored-code.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { hashOf } from '#shared/journal/line.ts';
import { lineOf } from '#shared/journal/read.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { countFaults } from './counted.ts';
import { world } from './in-process.ts';

/** How a person stands: what the tables hold of him, and his journal in a few words. */
export interface Standing {
  readonly status: Status;
  readonly code: Code | undefined;
  readonly lines: readonly JournalLine[];
  /** Each line: `open`, or `oppose refused deadline-passed`. */
  readonly told: readonly string[];
}

/** Reads a person and checks what must always hold: the chain is whole, the status stands at its end, and he is counted where it stands. */
export async function standing(holder: string): Promise<Standing> {
  const query = new QueryCommand({
    TableName: world.physical('JOURNAL_TABLE'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `${holder}#00` },
    ConsistentRead: true,
  });
  const [status, code, { Items = [] }] = await Promise.all([
    loadStatus(holder),
    loadCode(holder),
    dynamo.send(query),
  ]);
  if (!status) throw new Error(`nobody is ${holder}`);
  const lines = Items.map(lineOf);
  const verdict = verifyChain(lines);
  const last = lines.at(-1);
  if (!verdict.ok || !last) throw new Error(`${holder}: ${JSON.stringify(verdict)}`);
  if (status.headSeq !== last.seq || status.headHash !== hashOf(last))
    throw new Error(`${holder}: the status does not stand at the end of the chain`);
  if (status.version !== lines.length)
    throw new Error(`${holder}: ${lines.length} lines for ${status.version} changes`);
  const faults = countFaults(status, lines);
  if (faults.length > 0) throw new Error(`${holder} is counted wrongly: ${faults.join(', ')}`);
  return { status, code, lines, told: lines.map(inWords) };
}

const inWords = ({ action, outcome, reason }: JournalLine): string =>
  [
    action.replace('enrolment/', ''),
    ...(outcome === 'refused' ? [outcome, reason?.replace('enrolment/', '')] : []),
  ].join(' ');
