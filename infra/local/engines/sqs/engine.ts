import type { EngineOptions, QueueSettings, SqsEngine } from '../engine.ts';
import { jsonHandler } from '../wire/json-engine.ts';
import { nameOf, queueBy, type Sqs } from './context.ts';
import { queueAttributes, queueUrl } from './operations/describe.ts';
import { receive } from './operations/receive.ts';
import { put, send, sendBatch } from './operations/send.ts';
import { changeVisibility, deleteBatch, deleteMessage } from './operations/settle.ts';
import { openQueueStore, type Settings } from './store.ts';
import { Waiters } from './waiters.ts';

/** Standard queues at AWS's defaults unless said. */
const defaults = {
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
  retentionSeconds: 345_600,
  receiveWaitSeconds: 0,
};

/**
 * SQS, standard queues only. `endpoint()` is where queue URLs point: the SDK follows the URL's host,
 * so it must be the door. Order is that of sending, which AWS does not promise.
 */
export function createSqs(options: EngineOptions & { readonly endpoint: () => string }): SqsEngine {
  const { now, region, account } = options;
  const store = openQueueStore(options.folder);
  const waiters = new Waiters();
  const sqs: Sqs = {
    store,
    waiters,
    now,
    urlOf: (name) => `${options.endpoint()}/${account}/${name}`,
    arnOf: (name) => `arn:aws:sqs:${region}:${account}:${name}`,
  };
  const closing = new AbortController();
  const operations = {
    SendMessage: send(sqs),
    SendMessageBatch: sendBatch(sqs),
    ReceiveMessage: receive(sqs),
    DeleteMessage: deleteMessage(sqs),
    DeleteMessageBatch: deleteBatch(sqs),
    ChangeMessageVisibility: changeVisibility(sqs),
    GetQueueUrl: queueUrl(sqs),
    GetQueueAttributes: queueAttributes(sqs),
  };
  return {
    handle: jsonHandler({
      target: 'AmazonSQS',
      contentType: 'application/x-amz-json-1.0',
      now,
      operations,
      closing: closing.signal,
    }),
    createQueue(settings) {
      store.saveQueue(withDefaults(settings), now());
      return { url: sqs.urlOf(settings.name), arn: sqs.arnOf(settings.name) };
    },
    deliver: (queueArn, body) => void put(sqs, queueBy(sqs, queueArn), { MessageBody: body }),
    depth: () => new Map(store.queueNames().map((name) => [name, store.depth(name, now())])),
    nextVisibleAt: () => store.nextVisibleAt(now()),
    wake: () => waiters.wake(),
    async close() {
      closing.abort();
      // Polls that were waiting answer in the next turn of the loop, before the database is gone.
      await new Promise((resolve) => setImmediate(resolve));
      store.db.close();
    },
  };
}

function withDefaults({ redrive, ...settings }: QueueSettings): Settings {
  if (!/^[\w-]{1,80}$/.test(settings.name))
    throw new Error(`Not a standard queue's name: ${settings.name}`);
  if (redrive !== undefined && nameOf(redrive.deadLetterQueueArn) === settings.name) {
    throw new Error(`${settings.name} cannot be its own dead-letter queue`);
  }
  return { ...defaults, ...settings, ...(redrive && { redrive: { ...redrive } }) };
}
