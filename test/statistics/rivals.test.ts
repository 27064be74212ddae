import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { JournalLine } from '#shared/journal/schema.ts';

vi.stubEnv('STATISTICS_TABLE', 'statistics');
const { countLines } = await import('#functions/statistics/on-lines.ts');

const dynamo = mockClient(DynamoDBDocumentClient);
beforeEach(() => dynamo.reset());

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    ...{ message: 'cancelled', $metadata: {} },
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const line = (sequence: string) => ({
  sequence,
  line: {
    ...{ v: 1, id: sequence, holder: 'h1', lane: 0, seq: 1, prev: 'A'.repeat(43) },
    ...{ at: '2022-02-07T09:00:00.000Z', actor: { kind: 'system', id: 'x' }, channel: 'clock' },
    ...{ action: 'enrolment/import-insured', outcome: 'done', policy: 'p', visible: 'holder' },
    object: { kind: 'record', department: '12', to: 'known' },
  } satisfies JournalLine,
});
const checkpoints = () =>
  dynamo.commandCalls(TransactWriteCommand).map(({ args }) => {
    const { Item, ExpressionAttributeValues } = args[0].input.TransactItems?.[0]?.Put ?? {};
    return [ExpressionAttributeValues?.[':before'], Item?.sequence];
  });

describe('a counter that two shards change at once', () => {
  test('is tried again within the same invocation', async () => {
    dynamo.on(GetCommand).resolves({ Item: { sequence: '5' } });
    dynamo
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .resolves({});
    await countLines('shard-1', [line('6')]);
    expect(checkpoints()).toEqual([
      ['5', '6'],
      ['5', '6'],
    ]);
  });

  test('is counted from the checkpoint as it stands then: nothing twice', async () => {
    dynamo
      .on(GetCommand)
      .resolvesOnce({ Item: { sequence: '5' } })
      .resolves({ Item: { sequence: '6' } });
    dynamo
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('ConditionalCheckFailed', 'None'))
      .resolves({});
    await countLines('shard-1', [line('6'), line('7')]);
    expect(checkpoints()).toEqual([
      ['5', '7'],
      ['6', '7'],
    ]);
  });

  test('that a validation refuses is not tried again', async () => {
    dynamo.on(GetCommand).resolves({});
    dynamo.on(TransactWriteCommand).rejects(cancelled('None', 'ValidationError'));
    await expect(countLines('shard-1', [line('6')])).rejects.toThrow('cancelled');
    expect(checkpoints()).toHaveLength(1);
  });
});
