import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { loadHead } from './head.ts';
import { chainPk, lineSk, TableName } from './keys.ts';
import { lanes } from './lanes.ts';
import { lineOf } from './read.ts';
import type { JournalLine } from './schema.ts';

/** The place of a line, as a fact on the bus names it. */
export interface LineAt {
  readonly holder: string;
  readonly lane: number;
  readonly seq: number;
}

/** The line that a fact refers to (consistent). Throws where there is none: a fact follows its line. */
export async function loadLine({ holder, lane, seq }: LineAt): Promise<JournalLine> {
  const Key = { pk: chainPk(holder, lane), sk: lineSk(seq) };
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return lineOf(Item);
}

/** Whether any line stands in any lane of a holder (consistent). */
export async function hasLines(holder: string): Promise<boolean> {
  const heads = await Promise.all(
    lanes.map((lane) => loadHead(holder, lane, { consistent: true })),
  );
  return heads.some(({ seq }) => seq > 0);
}
