import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import type { AwsJson, JsonAnswer } from '#infra/local/door/aws-json.ts';
import { createPositions } from '#infra/local/pollers/positions.ts';
import { pollStream } from '#infra/local/pollers/stream-poller.ts';

const mapping = {
  id: 'reader',
  functionArn: 'function',
  sourceArn: 'stream',
  batchSize: 100,
  batchWindowSeconds: 0,
  maxConcurrency: 1,
  reportsFailures: false,
  startingPosition: 'TRIM_HORIZON',
  bisects: false,
  maxRetries: 0,
  onFailureArn: undefined,
  windowSeconds: 0,
} as const;
const Wanted = z.looseObject({
  ShardId: z.string().optional(),
  ShardIteratorType: z.string().optional(),
  ShardIterator: z.string().optional(),
});
const fine = (body: unknown): JsonAnswer => ({ status: 200, body, error: '', message: '' });
const refusal = (error: string): JsonAnswer => ({ status: 400, body: {}, error, message: error });
const recordOf = (n: number) => ({
  eventID: `e${n}`,
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: `${n}` },
});

interface Shard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly records: readonly number[];
  /** What the first iterator of the shard meets when it is used. */
  readonly fault?: string;
}

/** Reads these shards to their end; tells which records were delivered, in order, and the iterators asked for. */
async function readAll(shards: readonly Shard[], positions = createPositions(undefined, 'reader')) {
  const asked: string[] = [];
  const got: string[] = [];
  const faulty = new Set(shards.filter(({ fault }) => fault !== undefined));
  const streams: AwsJson = async (target, input) => {
    const { ShardId, ShardIteratorType = '', ShardIterator = '' } = Wanted.parse(input);
    if (target.endsWith('DescribeStream'))
      return fine({ StreamDescription: { Shards: shards.map(({ records: _, ...one }) => one) } });
    if (target.endsWith('GetShardIterator')) {
      asked.push(`${ShardId} ${ShardIteratorType}`);
      return fine({ ShardIterator: `${ShardId}` });
    }
    const shard = shards.find((one) => one.ShardId === ShardIterator);
    if (shard?.fault !== undefined && faulty.delete(shard)) return refusal(shard.fault);
    return fine({ Records: shard?.records.map(recordOf) ?? [] });
  };
  const complaints: string[] = [];
  const poller = pollStream({
    ...{ mapping, streams, positions, region: 'eu-west-3', now: () => 0, writes: () => 0 },
    invoke: async (event) => {
      const { Records } = z
        .object({ Records: z.array(z.looseObject({ eventID: z.string() })) })
        .parse(event);
      got.push(...Records.map(({ eventID }) => eventID));
      return { ok: true, result: null };
    },
    giveUp: async () => undefined,
    complain: (what) => complaints.push(what),
  });
  onTestFinished(() => poller.stop());
  await expect
    .poll(() => {
      poller.wake();
      return poller.caughtUp();
    })
    .toBe(true);
  return { got, asked, complaints };
}

test.each([
  ['TrimmedDataAccessException', undefined, ['a TRIM_HORIZON', 'a TRIM_HORIZON']],
  ['TrimmedDataAccessException', '1', ['a AFTER_SEQUENCE_NUMBER', 'a TRIM_HORIZON']],
  ['ExpiredIteratorException', '1', ['a AFTER_SEQUENCE_NUMBER', 'a AFTER_SEQUENCE_NUMBER']],
])(
  'a reader that meets %s (place: %s) goes on where AWS says, without a word',
  async (fault, after, places) => {
    const positions = createPositions(undefined, 'reader');
    if (after !== undefined) positions.set('a', after);
    const { got, asked, complaints } = await readAll(
      [{ ShardId: 'a', records: [7, 8], fault }],
      positions,
    );
    expect({ got, asked, complaints }).toEqual({
      got: ['e7', 'e8'],
      asked: places,
      complaints: [],
    });
  },
);

test('a child shard waits for the end of its parent; one whose parent is gone does not', async () => {
  const { got } = await readAll([
    { ShardId: 'child', ParentShardId: 'parent', records: [3, 4] },
    { ShardId: 'parent', ParentShardId: 'long-gone', records: [1, 2] },
  ]);
  expect(got).toEqual(['e1', 'e2', 'e3', 'e4']);
});
