import { awsJson } from '#infra/local/door/aws-json.ts';
import type { Keys } from '#infra/local/door/keys.ts';
import type { Inventory } from '#infra/local/template/inventory.ts';

export interface DeliverySettings {
  readonly inventory: Inventory;
  readonly keys: Keys;
  readonly region: string;
  readonly doorPort: number;
  readonly complain: (what: string) => void;
}

/** Puts what failed for good on a queue, as Lambda does: in the function's own name, by its role. */
export type Deliver = (queueArn: string, body: unknown) => Promise<void>;

export function deliveryOf(functionId: string, settings: DeliverySettings): Deliver {
  const { inventory, keys, region, doorPort, complain } = settings;
  const { accessKeyId } = keys.of(functionId);
  const sqs = awsJson(doorPort, { accessKeyId, service: 'sqs', region });
  return async (queueArn, body) => {
    const queue = inventory.queues.find((one) => one.arn === queueArn);
    if (queue === undefined) throw new Error(`${functionId}: no queue ${queueArn}`);
    const message = { QueueUrl: queue.url, MessageBody: JSON.stringify(body) };
    const answer = await sqs('AmazonSQS.SendMessage', message);
    if (answer.status >= 300) complain(`${functionId}: failure not kept: ${answer.message}`);
  };
}
