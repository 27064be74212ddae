import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { type AwsJson, outputOf } from '#infra/local/door/aws-json.ts';
import type { Outcome } from '#infra/local/lambda/function.ts';
import type { Mapping } from '#infra/local/template/inventory.ts';

const Message = z.looseObject({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string().optional(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z
    .record(
      z.string(),
      z.looseObject({
        StringValue: z.string().optional(),
        BinaryValue: z.string().optional(),
        DataType: z.string(),
      }),
    )
    .default({}),
});
type Message = z.infer<typeof Message>;
const Received = z.looseObject({ Messages: z.array(Message).default([]) });
const Depth = z.looseObject({
  Attributes: z.looseObject({ ApproximateNumberOfMessages: z.coerce.number() }),
});
const Failures = z.looseObject({
  batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string() })).nullish(),
});

export interface QueuePollerSettings {
  readonly mapping: Mapping;
  readonly queueUrl: string;
  readonly region: string;
  /** SQS through the door, as the function itself. */
  readonly sqs: AwsJson;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  /** As many as can run at once here: a message must not wait for a worker while its hiding time runs. */
  readonly environments: number;
  readonly complain: (what: string) => void;
}

export interface Poller {
  /** What it has in hand right now. */
  readonly busy: () => number;
  stop(): void;
}

/**
 * Lambda's reader of a queue: long polls, up to `maxConcurrency` batches at once (more readers only
 * while messages wait), deletes what was done. What failed stays hidden until its time-out ends.
 */
export function pollQueue(settings: QueuePollerSettings): Poller {
  const { mapping, sqs, queueUrl, complain } = settings;
  let stopped = false;
  let readers = 0;
  let busy = 0;
  const size = Math.min(10, mapping.batchSize);
  const mostReaders = Math.min(mapping.maxConcurrency, settings.environments);

  async function read(isFirst: boolean): Promise<void> {
    readers += 1;
    try {
      while (!stopped) {
        const messages = await receive(isFirst ? 20 : 0);
        if (messages.length === 0 && !isFirst) return;
        if (messages.length === 0) continue;
        busy += 1;
        try {
          await addReader();
          await handle(messages, settings);
        } finally {
          busy -= 1;
        }
      }
    } finally {
      readers -= 1;
    }
  }

  async function receive(seconds: number): Promise<Message[]> {
    const asked = {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: size,
      WaitTimeSeconds: seconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    try {
      return outputOf(Received, await sqs('AmazonSQS.ReceiveMessage', asked)).Messages;
    } catch (cause) {
      if (!stopped) complain(`${mapping.id}: ${String(cause)}`);
      if (!stopped) await wait(1000);
      return [];
    }
  }

  async function addReader(): Promise<void> {
    if (readers >= mostReaders || (await depth()) === 0) return;
    void read(false);
  }

  async function depth(): Promise<number> {
    const asked = { QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] };
    try {
      const { Attributes } = outputOf(Depth, await sqs('AmazonSQS.GetQueueAttributes', asked));
      return Attributes.ApproximateNumberOfMessages;
    } catch (cause) {
      complain(`${mapping.id}: ${String(cause)}`);
      return 0;
    }
  }

  void read(true);
  return {
    busy: () => busy,
    stop() {
      stopped = true;
    },
  };
}

async function handle(messages: readonly Message[], settings: QueuePollerSettings): Promise<void> {
  const { mapping, invoke, sqs, queueUrl, complain } = settings;
  const outcome = await invoke({ Records: messages.map((message) => recordOf(message, settings)) });
  const done = doneOf(messages, outcome, mapping.reportsFailures);
  if (!outcome.ok)
    complain(`${mapping.id}: ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
  if (done.length === 0) return;
  const Entries = done.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
  const deleted = await sqs('AmazonSQS.DeleteMessageBatch', { QueueUrl: queueUrl, Entries }).catch(
    String,
  );
  if (typeof deleted === 'string' || deleted.status >= 300) {
    complain(
      `${mapping.id}: DeleteMessageBatch: ${typeof deleted === 'string' ? deleted : deleted.message}`,
    );
  }
}

/** The messages that count as handled; an answer of the wrong form, or one that names an unknown message, fails all. */
export function doneOf<M extends { MessageId: string }>(
  messages: readonly M[],
  outcome: Outcome,
  reportsFailures: boolean,
): readonly M[] {
  if (!outcome.ok) return [];
  if (!reportsFailures || outcome.result === null) return messages;
  const told = Failures.safeParse(outcome.result);
  if (!told.success) return [];
  const failed = new Set((told.data.batchItemFailures ?? []).map((one) => one.itemIdentifier));
  const known = new Set(messages.map((message) => message.MessageId));
  if ([...failed].some((id) => !known.has(id))) return [];
  return messages.filter((message) => !failed.has(message.MessageId));
}

function recordOf(message: Message, { mapping, region }: QueuePollerSettings): unknown {
  const attributes = Object.entries(message.MessageAttributes).map(([name, value]) => [
    name,
    {
      stringValue: value.StringValue,
      binaryValue: value.BinaryValue,
      dataType: value.DataType,
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: mapping.sourceArn,
    awsRegion: region,
  };
}
