import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SqsEngine } from '#infra/local/engines/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { createSqs } from '#infra/local/engines/sqs/engine.ts';
import { clientOf, errorOf, movableClock, place } from './support.ts';

interface Given {
  readonly client: SQSClient;
  /** Empty, visibility 30 s, to the dead-letter queue after two receives. */
  readonly queue: string;
  readonly grave: string;
  /** Lets time pass: at home by the world's clock, at AWS by waiting. */
  readonly pass: (ms: number) => Promise<void> | void;
}

/** What the system asks of SQS. Each test leaves the queue empty. */
function contract(given: () => Given) {
  const send = (MessageBody: string, more = {}) =>
    given().client.send(new SendMessageCommand({ QueueUrl: given().queue, MessageBody, ...more }));
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}) => {
    const input = { QueueUrl: given().queue, MaxNumberOfMessages: 10, ...more };
    return (await given().client.send(new ReceiveMessageCommand(input))).Messages ?? [];
  };
  const remove = (ReceiptHandle = '') =>
    given().client.send(new DeleteMessageCommand({ QueueUrl: given().queue, ReceiptHandle }));
  const bodies = async (more = {}) => (await receive(more)).map(({ Body }) => Body);

  test('a message comes back with what was sent, its checksum and its count of receives', async () => {
    await send('{"é":1}', {
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
    });
    const [message] = await receive({
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      MessageAttributeNames: ['All'],
    });
    expect(message).toMatchObject({
      Body: '{"é":1}',
      Attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      MessageAttributes: { kind: { StringValue: 'x' } },
    });
    await remove(message?.ReceiptHandle);
  });

  test('a received message is hidden, and shows again when its time is over', async () => {
    await send('again');
    expect(await bodies()).toEqual(['again']);
    expect(await bodies()).toEqual([]);
    await given().pass(30_001);
    const [message] = await receive({ MessageSystemAttributeNames: ['All'] });
    expect(message?.Attributes?.ApproximateReceiveCount).toBe('2');
    await remove(message?.ReceiptHandle);
    await given().pass(30_001);
    expect(await bodies()).toEqual([]);
  });

  test('the third receive goes to the dead-letter queue instead', async () => {
    await send('poison');
    for (const _time of [1, 2]) {
      expect(await bodies()).toEqual(['poison']);
      await given().pass(30_001);
    }
    expect(await bodies()).toEqual([]);
    const [dead] = await receive({ QueueUrl: given().grave, WaitTimeSeconds: 1 });
    expect(dead?.Body).toBe('poison');
    await given().client.send(
      new DeleteMessageCommand({ QueueUrl: given().grave, ReceiptHandle: dead?.ReceiptHandle }),
    );
  });

  test('visibility can be given back or prolonged, not for a message that is no longer in flight', async () => {
    const change = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
      given().client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: given().queue,
          ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    await send('mine');
    const [first] = await receive();
    await change(first?.ReceiptHandle, 0);
    const [second] = await receive();
    await change(second?.ReceiptHandle, 60);
    await given().pass(45_000);
    expect(await bodies()).toEqual([]);
    await given().pass(15_001);
    expect(await errorOf(change(second?.ReceiptHandle, 5))).toBe('MessageNotInflight');
    await remove(second?.ReceiptHandle);
    expect(await errorOf(change(second?.ReceiptHandle, 5))).toMatch(
      /MessageNotInflight|InvalidParameterValue/,
    );
  });

  test('a delayed message waits', async () => {
    await send('later', { DelaySeconds: 5 });
    expect(await bodies()).toEqual([]);
    await given().pass(5001);
    const [message] = await receive();
    expect(message?.Body).toBe('later');
    await remove(message?.ReceiptHandle);
  });

  test('a long poll ends as soon as a message is there', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await send('wake up');
    const [message] = await waiting;
    expect(message?.Body).toBe('wake up');
    await remove(message?.ReceiptHandle);
  });

  test('a batch sends and deletes each entry by itself', async () => {
    const { client, queue: QueueUrl } = given();
    const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: `body ${Id}` }));
    const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b', 'c']);
    const messages = await receive();
    const removed = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          ...messages.map((m, n) => ({ Id: `m${n}`, ReceiptHandle: m.ReceiptHandle })),
          { Id: 'bad', ReceiptHandle: 'bad' },
        ],
      }),
    );
    expect(removed.Successful).toHaveLength(3);
    expect(removed.Failed).toMatchObject([
      { Id: 'bad', Code: 'ReceiptHandleIsInvalid', SenderFault: true },
    ]);
  });

  test('a batch of none, of eleven, or with one Id twice is refused', async () => {
    const batch = (...ids: readonly string[]) =>
      errorOf(
        given().client.send(
          new SendMessageBatchCommand({
            QueueUrl: given().queue,
            Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })),
          }),
        ),
      );
    expect(await batch()).toBe('EmptyBatchRequest');
    expect(await batch(...Array.from({ length: 11 }, (_, n) => String(n)))).toBe(
      'TooManyEntriesInBatchRequest',
    );
    expect(await batch('a', 'a')).toBe('BatchEntryIdsNotDistinct');
  });

  test('the attributes tell how many wait and how many are in flight', async () => {
    await send('one');
    await send('two');
    const [taken] = await receive({ MaxNumberOfMessages: 1 });
    const asked = new GetQueueAttributesCommand({
      QueueUrl: given().queue,
      AttributeNames: ['All'],
    });
    const counts = async () => {
      const { Attributes } = await given().client.send(asked);
      return [
        Attributes?.ApproximateNumberOfMessages,
        Attributes?.ApproximateNumberOfMessagesNotVisible,
      ];
    };
    await expect.poll(counts, { timeout: 60_000 }).toEqual(['1', '1']);
    const rest = await receive();
    for (const message of [taken, ...rest]) await remove(message?.ReceiptHandle);
  });

  test('an unknown queue is told by its name of error', async () => {
    const { client, queue } = given();
    const unknown = new GetQueueUrlCommand({ QueueName: 'nowhere' });
    expect(await errorOf(client.send(unknown))).toBe('QueueDoesNotExist');
    const name = queue.split('/').at(-1);
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    expect(QueueUrl).toBe(queue);
  });
}

describe('SQS contract, at home', () => {
  let served: Served<SqsEngine>;
  let given: Given;
  beforeAll(async () => {
    const clock = movableClock();
    served = await serveEngine((url) =>
      createSqs({ ...place, folder: undefined, now: clock.now, endpoint: () => url }),
    );
    const grave = served.engine.createQueue({ name: 'work-dead' });
    const redrive = { deadLetterQueueArn: grave.arn, maxReceiveCount: 2 };
    const queue = served.engine.createQueue({ name: 'work', redrive });
    given = {
      client: new SQSClient(clientOf(served.url)),
      queue: queue.url,
      grave: grave.url,
      pass: clock.pass,
    };
  });
  afterAll(() => served.close());
  contract(() => given);
});
