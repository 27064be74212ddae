import * as z from 'zod';
import { parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { queueBy, type Sqs } from '../context.ts';

const Url = z.strictObject({ QueueName: z.string() });
const Attributes = z.strictObject({
  QueueUrl: z.string(),
  AttributeNames: z.array(z.string()).optional(),
});

export function queueUrl(sqs: Sqs): Operation {
  return (input) => {
    const { QueueName } = parseInput('GetQueueUrl', Url, input);
    return { QueueUrl: sqs.urlOf(queueBy(sqs, QueueName).name) };
  };
}

export function queueAttributes(sqs: Sqs): Operation {
  return (input) => {
    const { QueueUrl, AttributeNames = [] } = parseInput('GetQueueAttributes', Attributes, input);
    const queue = queueBy(sqs, QueueUrl);
    const { visible, inFlight, delayed } = sqs.store.depth(queue.name, sqs.now());
    const all = {
      QueueArn: sqs.arnOf(queue.name),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
      DelaySeconds: String(queue.delaySeconds),
      MessageRetentionPeriod: String(queue.retentionSeconds),
      ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitSeconds),
      ...(queue.redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queue.redrive.deadLetterQueueArn,
          maxReceiveCount: queue.redrive.maxReceiveCount,
        }),
      }),
    };
    const wanted = Object.entries(all).filter(
      ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
    );
    return { Attributes: Object.fromEntries(wanted) };
  };
}
