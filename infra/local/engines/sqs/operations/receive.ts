import * as z from 'zod';
import { transaction } from '#infra/local/engines/database.ts';
import { parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { nameOf, queueBy, type Sqs } from '../context.ts';
import { MessageAttributes, md5, md5OfAttributes } from '../digest.ts';
import { type Message, newReceipt, type Settings } from '../store.ts';

const names = z.array(z.string()).optional();
const Receive = z.strictObject({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  /** The older name of the next; the SDK still sends it. */
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
});
type Receive = z.infer<typeof Receive>;

/** Visibility runs in world time; the wait of a long poll is real, for it is the caller who waits. */
export function receive(sqs: Sqs): Operation {
  return async (input, { gone }) => {
    const wanted = parseInput('ReceiveMessage', Receive, input);
    const queue = queueBy(sqs, wanted.QueueUrl);
    const until = performance.now() + (wanted.WaitTimeSeconds ?? queue.receiveWaitSeconds) * 1000;
    for (;;) {
      // A message taken for a caller who hung up would be lost for a whole visibility timeout.
      if (gone.aborted) return {};
      const Messages = take(sqs, queue, wanted);
      if (Messages.length > 0) return { Messages };
      const left = until - performance.now();
      if (left <= 0) return {};
      const next = sqs.store.nextVisibleAt(sqs.now());
      const shows = next === undefined ? left : Math.max(next - sqs.now(), 5);
      await sqs.waiters.wait(queue.name, Math.min(left, shows), gone);
    }
  };
}

function take(sqs: Sqs, queue: Settings, wanted: Receive) {
  const { store } = sqs;
  const now = sqs.now();
  const visibleAt = now + (wanted.VisibilityTimeout ?? queue.visibilityTimeoutSeconds) * 1000;
  if (store.due(queue.name, now, 1).length === 0) return [];
  return transaction(store.db, () => {
    store.forget(queue.name, now - queue.retentionSeconds * 1000);
    const taken: object[] = [];
    while (taken.length < wanted.MaxNumberOfMessages) {
      const due = store.due(queue.name, now, wanted.MaxNumberOfMessages - taken.length);
      if (due.length === 0) break;
      for (const message of due) {
        if (isSpent(queue, message)) {
          bury(sqs, queue, message);
        } else {
          const receipt = newReceipt(message.seq);
          // With a visibility timeout of 0 it would be due again within this very loop.
          store.receive(message.seq, receipt, { now, visibleAt: Math.max(visibleAt, now + 1) });
          taken.push(shown(message, receipt, { now, wanted }));
        }
      }
    }
    return taken;
  });
}

const isSpent = ({ redrive }: Settings, message: Message) =>
  redrive !== undefined && message.receives >= redrive.maxReceiveCount;

function bury(sqs: Sqs, { redrive }: Settings, message: Message): void {
  const grave = nameOf(redrive?.deadLetterQueueArn ?? '');
  sqs.store.move(message.seq, grave, sqs.now());
  sqs.waiters.wake(grave);
}

function shown(
  message: Message,
  receipt: string,
  { now, wanted }: { now: number; wanted: Receive },
) {
  const asked = [...(wanted.AttributeNames ?? []), ...(wanted.MessageSystemAttributeNames ?? [])];
  const system = {
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives + 1),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? now),
  };
  const Attributes = pick(system, asked);
  const stored = MessageAttributes.parse(JSON.parse(message.attributes));
  const custom = pick(stored, wanted.MessageAttributeNames ?? []);
  const MD5OfMessageAttributes = md5OfAttributes(custom);
  return {
    MessageId: message.id,
    ReceiptHandle: receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(Object.keys(Attributes).length > 0 && { Attributes }),
    ...(MD5OfMessageAttributes && { MessageAttributes: custom, MD5OfMessageAttributes }),
  };
}

function pick<T>(all: Readonly<Record<string, T>>, asked: readonly string[]): Record<string, T> {
  const every = asked.includes('All') || asked.includes('.*');
  return Object.fromEntries(Object.entries(all).filter(([name]) => every || asked.includes(name)));
}
