import { describe, expect, test } from 'vitest';
import type { Outcome } from '#infra/local/lambda/function.ts';
import { doneOf } from '#infra/local/pollers/queue-poller.ts';
import { deliverInOrder, type StreamRecord } from '#infra/local/pollers/stream-batch.ts';
import { createWindows } from '#infra/local/pollers/stream-window.ts';
import type { Mapping } from '#infra/local/template/inventory.ts';

const failed: Outcome = {
  ok: false,
  timedOut: false,
  error: { errorType: 'Error', errorMessage: 'x' },
};
const answered = (result: unknown): Outcome => ({ ok: true, result });

describe('a batch of a queue', () => {
  const messages = ['a', 'b', 'c'].map((MessageId) => ({ MessageId }));
  const done = (outcome: Outcome, reports = true) =>
    doneOf(messages, outcome, reports)
      .map(({ MessageId }) => MessageId)
      .join('');
  const failures = (...ids: string[]) =>
    answered({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

  test.each<[string, Outcome, string]>([
    ['the function fails', failed, ''],
    ['nothing is reported', answered(null), 'abc'],
    ['the list is empty', failures(), 'abc'],
    ['one failed', failures('b'), 'ac'],
    ['an unknown message is named', failures('z'), ''],
    ['the answer has another form', answered({ batchItemFailures: 'b' }), ''],
  ])('when %s', (_what, outcome, left) => {
    expect(done(outcome)).toBe(left);
  });

  test('a mapping that does not ask for failures takes any answer for success', () => {
    expect(done(failures('b'), false)).toBe('abc');
  });
});

describe('a batch of a stream', () => {
  const records = (...numbers: number[]): StreamRecord[] =>
    numbers.map((number) => ({
      eventID: String(number),
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: String(number) },
    }));
  const mapping = (given: Partial<Mapping>): Mapping => ({
    ...{
      id: 'm',
      functionArn: 'f',
      sourceArn: 's',
      batchSize: 10,
      batchWindowSeconds: 0,
      maxConcurrency: 1,
    },
    ...{ reportsFailures: false, startingPosition: 'TRIM_HORIZON', bisects: true, maxRetries: 20 },
    ...{ onFailureArn: undefined, windowSeconds: 0, ...given },
  });

  /** Delivers 1 to 4 to a function and tells what it saw, where the position stood after each, what was given up. */
  async function play(given: Partial<Mapping>, answer: (numbers: string, call: number) => Outcome) {
    const seen: string[] = [];
    const positions: string[] = [];
    const abandoned: string[] = [];
    const numbersOf = (some: readonly StreamRecord[]) => some.map((one) => one.eventID).join('');
    await deliverInOrder(records(1, 2, 3, 4), {
      mapping: mapping(given),
      invoke: async (some) => answer(numbersOf(some), seen.push(numbersOf(some))),
      done: (last) => void positions.push(last.eventID),
      giveUp: async (left) => void abandoned.push(numbersOf(left)),
      stopped: () => false,
      complain: () => undefined,
    });
    return { seen, positions, givenUp: abandoned };
  }

  test('that succeeds is done as a whole', async () => {
    expect(await play({}, () => answered(null))).toEqual({
      seen: ['1234'],
      positions: ['4'],
      givenUp: [],
    });
  });

  test('that fails is halved until the poison is alone, given up, and the rest is done in order', async () => {
    const told = await play({ maxRetries: 2 }, (numbers) =>
      numbers.includes('3') ? failed : answered(null),
    );
    expect(told).toEqual({
      seen: ['1234', '12', '34', '3', '4'],
      positions: ['2', '3', '4'],
      givenUp: ['3'],
    });
  });

  test('goes on from the first failure that the function names', async () => {
    const once = (numbers: string, call: number) =>
      call === 1
        ? answered({ batchItemFailures: [{ itemIdentifier: '3' }] })
        : answered({ batchItemFailures: [], numbers });
    const told = await play({ reportsFailures: true, bisects: false }, once);
    expect(told).toEqual({ seen: ['1234', '34'], positions: ['2', '4'], givenUp: [] });
  });
});

describe('tumbling windows', () => {
  test('carry shard and state, and end with an invocation of their own', async () => {
    let now = Date.parse('2022-02-07T09:00:03Z');
    const events: Record<string, unknown>[] = [];
    const windows = createWindows({
      ...{ seconds: 10, shardId: 'shard-1', sourceArn: 'arn', now: () => now },
      invoke: async (event) => answered({ state: { calls: events.push(Object(event)) } }),
    });
    await windows.deliver(['a']);
    now += 5000;
    await windows.deliver(['b']);
    now += 5000;
    await windows.closeEnded();
    await windows.deliver(['c']);
    expect(
      events.map(({ Records, state, isFinalInvokeForWindow: final }) => [Records, state, final]),
    ).toEqual([
      [['a'], {}, false],
      [['b'], { calls: 1 }, false],
      [[], { calls: 2 }, true],
      [['c'], {}, false],
    ]);
    expect(events[0]).toMatchObject({
      shardId: 'shard-1',
      window: { start: '2022-02-07T09:00:00.000Z', end: '2022-02-07T09:00:10.000Z' },
    });
  });
});
