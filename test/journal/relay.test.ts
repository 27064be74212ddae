import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { JournalLine } from '#shared/journal/schema.ts';

vi.stubEnv('EVENT_BUS', 'bus');
const { handler } = await import('#functions/journal/handler-relay.ts');

const events = mockClient(EventBridgeClient);
const said: string[] = [];
beforeEach(() => {
  events.reset();
  said.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});

const line: JournalLine = {
  ...{ v: 1, id: 'l', holder: 'h1', lane: 0, seq: 1, prev: 'A'.repeat(43), channel: 'clock' },
  ...{ at: '2022-02-07T09:00:00.000Z', actor: { kind: 'system', id: 'x' }, outcome: 'done' },
  ...{ action: 'enrolment/open', object: { kind: 'record' }, policy: 'p', visible: 'holder' },
};
const recordOf = (seq: number, change: object = {}) => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: String(100 + seq),
    NewImage: marshall({ pk: 'h1#00', sk: String(seq), ...line, seq, ...change }),
  },
});
const records = (count: number) => Array.from({ length: count }, (_, at) => recordOf(at + 1));
const relayed = () =>
  events
    .commandCalls(PutEventsCommand)
    .flatMap(({ args }) => args[0].input.Entries ?? [])
    .map(({ Detail }) => JSON.parse(Detail ?? '{}').seq);

describe('the relay', () => {
  test('names the first line that the bus refused, though the call itself succeeded', async () => {
    const taken = Array.from({ length: 10 }, () => ({ EventId: 'e' }));
    events
      .on(PutEventsCommand)
      .resolvesOnce({ FailedEntryCount: 0, Entries: taken })
      .resolvesOnce({
        FailedEntryCount: 2,
        Entries: taken.map((one, at) =>
          at === 3 || at === 5 ? { ErrorCode: 'ThrottlingException' } : one,
        ),
      });
    const answer = await handler({ Records: records(25) });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '114' }] });
    // What comes after the first refused line comes again with it: it is not sent ahead.
    expect(relayed()).toHaveLength(20);
  });

  test('sets a line aside that cannot be read, says so, and relays those around it', async () => {
    events.on(PutEventsCommand).resolves({ Entries: [{ EventId: 'e' }, { EventId: 'e' }] });
    const poison = recordOf(2, { actor: { kind: 'system', id: 'x'.repeat(201), name: 'Odette' } });
    const answer = await handler({ Records: [recordOf(1), poison, recordOf(3)] });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(relayed()).toEqual([1, 3]);
    const told = said.map((text) => JSON.parse(text)).find(({ level }) => level === 'error');
    expect(told).toMatchObject({ event: 'line-unreadable', code: '102' });
    expect(said.join('')).not.toContain('Odette');
  });
});
