import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { serveEngine } from '#infra/local/engines/serve.ts';
import { createSqs } from '#infra/local/engines/sqs/engine.ts';
import { clientOf, movableClock, place, temporaryFolder } from './support.ts';

const start = async (folder?: string) => {
  const clock = movableClock();
  const served = await serveEngine((url) =>
    createSqs({ ...place, folder, now: clock.now, endpoint: () => url }),
  );
  return { clock, served, client: new SQSClient(clientOf(served.url)) };
};

test('messages and queues are found by the next engine of the folder', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  const { url } = first.served.engine.createQueue({ name: 'kept' });
  await first.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'here' }));
  await first.served.close();
  const second = await start(folder);
  const { Messages } = await second.client.send(
    new ReceiveMessageCommand({ QueueUrl: `${second.served.url}/0/kept` }),
  );
  expect(Messages?.[0]?.Body).toBe('here');
  await second.served.close();
});

test('the depth tells visible, in flight and delayed, and when the next one shows', async () => {
  const { clock, served, client } = await start();
  const { engine } = served;
  const { url: QueueUrl, arn } = engine.createQueue({ name: 'work', visibilityTimeoutSeconds: 60 });
  engine.deliver(arn, 'one');
  engine.deliver(arn, 'two');
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'three', DelaySeconds: 10 }));
  await client.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(engine.depth().get('work')).toEqual({ visible: 1, inFlight: 1, delayed: 1 });
  expect(engine.nextVisibleAt()).toBe(clock.now() + 10_000);
  await served.close();
});

test('a poll that waits sees what a moved clock makes visible', async () => {
  const { clock, served, client } = await start();
  const { url: QueueUrl } = served.engine.createQueue({ name: 'work' });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));
  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  clock.pass(900_000);
  served.engine.wake();
  expect((await waiting).Messages?.[0]?.Body).toBe('later');
  await served.close();
});

test('closing ends a poll that waits', async () => {
  const { served, client } = await start();
  const { url: QueueUrl } = served.engine.createQueue({ name: 'work' });
  const waiting = client
    .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
    .catch(() => 'ended');
  await served.close();
  expect(await waiting).toBeDefined();
});

test('messages older than the retention are gone', async () => {
  const { clock, served, client } = await start();
  const { url: QueueUrl, arn } = served.engine.createQueue({ name: 'work', retentionSeconds: 60 });
  served.engine.deliver(arn, 'old');
  clock.pass(60_001);
  expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  await served.close();
});

test('what is not played says so: an operation, a member, a FIFO queue', async () => {
  const { served, client } = await start();
  const { url: QueueUrl } = served.engine.createQueue({ name: 'work' });
  const create = client.send(new CreateQueueCommand({ QueueName: 'other' }));
  await expect(create).rejects.toMatchObject({
    name: 'NotImplemented',
    $metadata: { httpStatusCode: 501 },
  });
  const grouped = new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageGroupId: 'g' });
  await expect(client.send(grouped)).rejects.toThrow(
    'Not played at home: SendMessage with MessageGroupId',
  );
  expect(() => served.engine.createQueue({ name: 'work.fifo' })).toThrow('Not a standard queue');
  await served.close();
});
