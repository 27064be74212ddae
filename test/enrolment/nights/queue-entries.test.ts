import './environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { handler as clock } from '#functions/enrolment/handler-clock.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { person } from '#test/enrolment/builders.ts';

const sqs = mockClient(SQSClient);
const dynamo = mockClient(DynamoDBDocumentClient);
const said: string[] = [];
beforeEach(() => {
  sqs.reset();
  dynamo.reset();
  said.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});

describe('an entry fed by a queue', () => {
  const entry = fromQueue(z.object({ n: z.int() }), async ({ n }) => {
    if (n > 1) throw new Error('of Odette');
  });
  const batch = (...numbers: number[]) => ({
    Records: numbers.map((n) => ({ messageId: `m${n}`, body: JSON.stringify({ n }) })),
  });
  const context = {} as unknown as Context;

  test('names what failed while something was done', async () => {
    const answer = await entry(batch(1, 2, 3), context);
    expect(answer.batchItemFailures.map((one) => one.itemIdentifier)).toEqual(['m2', 'm3']);
  });

  test('fails as a whole, so that its alarm is heard, when nothing was done; and says nothing of anybody', async () => {
    await expect(entry(batch(2, 3), context)).rejects.toThrow(/^$/);
    expect(said.join('')).not.toContain('Odette');
  });
});

describe('the clock', () => {
  const deadlines = ['2022-03-20T23:00:00.000Z', '2022-03-21T23:00:00.000Z'];
  const start = () => clock({ job: 'start-opening' });
  beforeEach(() => {
    vi.setSystemTime('2022-03-22T05:00:00Z');
    dynamo.on(QueryCommand).callsFake(({ ExpressionAttributeValues: values }) => ({
      Items: values[':pk'] === 'DEADLINES' ? deadlines.map((sk) => ({ sk })) : [],
    }));
  });

  test('fails when the queue takes only a part of its messages: the schedule starts it again', async () => {
    const Failed = [{ Id: '3', Code: 'InternalError', SenderFault: false }];
    sqs.on(SendMessageBatchCommand).resolvesOnce({ Failed }).resolves({ Failed: [] });
    await expect(start()).rejects.toThrow('the queue refused messages');
  });

  test('measures what is not done and since when, for the alarm', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    expect(await start()).toEqual({ messages: 32 });
    const told = said.map((text) => JSON.parse(text)).find(({ event }) => event === 'backlog');
    expect(told).toMatchObject({
      ...{ job: 'start-opening', overdue: 2, overdueSeconds: 30 * 3600 },
      _aws: {
        Timestamp: Date.parse('2022-03-22T05:00:00Z'),
        CloudWatchMetrics: [{ Namespace: 'mon-espace-sante', Dimensions: [['job']] }],
      },
    });
  });

  test('ENR-45 measures since when the first of those waits who objected to a suspension, of whom still does', async () => {
    const objectedAt = '2022-03-12T05:00:00.000Z';
    const reference = 'r1';
    const waits = {
      ...person.suspended,
      objectedAt,
      suspension: { reference, motive: 'stolen-account' },
    };
    const over = { ...person.activated, holder: 'h2' };
    dynamo.on(QueryCommand).callsFake(({ ExpressionAttributeValues: values }) => ({
      Items:
        values[':pk'] === 'CONTESTED'
          ? [`2022-03-02T05:00:00.000Z#r0#${over.holder}`, `${objectedAt}#r1#${waits.holder}`].map(
              (dueSk) => ({ dueSk }),
            )
          : [],
    }));
    dynamo.on(BatchGetCommand).resolves({ Responses: { enrolment: [over, waits] } });
    expect(await clock({ job: 'start-deletion' })).toEqual({ messages: 0 });
    const told = said.map((text) => JSON.parse(text)).filter(({ event }) => event === 'backlog');
    expect(told).toMatchObject([
      { job: 'start-deletion', overdue: 0, overdueSeconds: 0 },
      { job: 'decide-suspension', overdue: 1, overdueSeconds: 10 * 86_400 },
    ]);
    expect(said.join('')).not.toContain(waits.holder);
  });
});
