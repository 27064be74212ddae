/**
 * Imported before the room's modules, for its effect: gives this process the environment of the world's
 * functions with the operator's key. Makes records that stand as an activation would leave them.
 */
import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { type Entry, genesis, type Head, nextLine } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { attachWorld } from '#test/support/world.ts';

export const world = attachWorld(inject('world'));

for (const { environment } of world.info.functions) {
  const { PATH: _path, ...variables } = environment;
  Object.assign(process.env, variables);
}
const { accessKeyId, secretAccessKey } = world.info.operator;
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

const { secretMade } = await import('#shared/record/secrets.ts');
const { linkTag } = await import('#shared/record/tags.ts');
const { newId } = await import('#shared/random.ts');
const { journalWrite } = await import('#shared/journal/write.ts');

/** With all rights: what the operator of the tables could do. */
export const operator = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));

const put = (table: string, Item: Record<string, unknown>) =>
  operator.send(new PutCommand({ TableName: world.physical(table), Item }));

/** What a test says of a line; the rest is a reading of a document by a professional. */
export type Told = Partial<Omit<Entry, 'at' | 'holder'>> & { readonly at: string };

export interface Holder {
  readonly holder: string;
  readonly subject: string;
  readonly lines: readonly JournalLine[];
  token(): Promise<string>;
}

/** Chains what is told, each lane by itself, in the order given. */
function chained(holder: string, told: readonly Told[]) {
  const heads = new Map<number, Head>();
  const lines = told.map(({ at, lane = 0, ...change }) => {
    const entry: Entry = {
      id: newId(),
      holder,
      actor: { kind: 'professional', id: '899700000011', name: 'Docteur Hélène Inventée' },
      channel: 'api',
      action: 'documents/read-content',
      object: { kind: 'document', id: 'd1' },
      outcome: 'done',
      policy: 'access-1',
      visible: 'holder',
      ...change,
      lane,
      at: Date.parse(at),
    };
    const next = nextLine(heads.get(lane) ?? genesis, entry);
    heads.set(lane, next.head);
    return next.line;
  });
  return { lines, head: heads.get(0) ?? genesis };
}

let accounts = 0;

/** A citizen of his own whose account is linked to a record with these lines. */
export async function linked(
  told: readonly Told[],
  { status = 'activated' }: { status?: StatusWord } = {},
): Promise<Holder> {
  const holder = newId();
  const subject = `journal-${process.pid}-${accounts++}`;
  const tag = linkTag(await secretMade('lookup'), 'holder', subject);
  const { lines, head } = chained(holder, told);
  for (let at = 0; at < lines.length; at += 25) {
    const some = lines.slice(at, at + 25).map((line) => ({
      PutRequest: { Item: journalWrite(line).Put.Item },
    }));
    const RequestItems = { [world.physical('JOURNAL_TABLE')]: some };
    const { UnprocessedItems } = await operator.send(new BatchWriteCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('not all was written');
  }
  await put('ENROLMENT_TABLE', {
    ...{ pk: `H#${holder}`, sk: 'STATUS', holder, status, department: '12', linkTag: tag },
    ...{ headSeq: head.seq, headHash: head.hash },
  });
  await put('IDENTITY_TABLE', {
    ...{ pk: `S#${tag}`, sk: 'LINK', holder, linkedAt: await world.now() },
  });
  return { holder, subject, lines, token: () => world.token('camille', { subject }) };
}

/** A request by the holder. */
export async function asks(one: Holder, path: string) {
  return world.request({ path, token: await one.token() });
}
