import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test, vi } from 'vitest';
import { genesis, nextLine } from '#shared/journal/line.ts';

vi.stubEnv('JOURNAL_TABLE', 'journal');
const { tellOnce } = await import('#functions/documents/merge-lines.ts');

const told = {
  ...{ id: 'merged-1', holder: 'h1', at: Date.parse('2022-02-07T09:00:00Z') },
  ...{ action: 'documents/take-in', object: { kind: 'record' as const, id: 'h2' } },
};
const { line } = nextLine(genesis, {
  ...{ ...told, lane: 1, actor: { kind: 'system', id: 'merge' }, channel: 'file' as const },
  ...{ outcome: 'done' as const, policy: 'merge-1', visible: 'holder' as const },
});
const item = { ...line, pk: 'h1#01', sk: '1' };

test('ENR-20: who found an empty lane, and at its end the same line of a rival, does not write it again', async () => {
  const table = mockClient(DynamoDBDocumentClient);
  table.on(PutCommand).resolves({});
  // Between the look at the lines and the look at the end a rival has written.
  table
    .on(QueryCommand)
    .resolvesOnce({ Items: [] })
    .resolves({ Items: [item] });
  await tellOnce(told);
  expect(table.commandCalls(PutCommand)).toEqual([]);
  // Where the lane is empty indeed, it is written, once.
  table.reset();
  table.on(PutCommand).resolves({});
  table.on(QueryCommand).resolves({ Items: [] });
  await tellOnce(told);
  expect(table.commandCalls(PutCommand)).toHaveLength(1);
});
