import { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { HouseQueue } from './house-queue.ts';

export interface QueuedRuleProps {
  readonly description: string;
  /** The default bus unless given. */
  readonly busName?: string;
  /** In the notation of EventBridge, `detail-type` and all. */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly queue: HouseQueue;
  /** The part of the event that goes into the queue; all of it unless given. */
  readonly inputPath?: string;
}

/** Events of a bus into a queue: this rule alone may send, and what cannot be delivered goes to the queue's own dead letters. */
export class QueuedRule extends CfnRule {
  constructor(
    scope: Construct,
    id: string,
    { description, busName, pattern, queue, inputPath }: QueuedRuleProps,
  ) {
    super(scope, id, {
      description,
      state: 'ENABLED',
      eventPattern: pattern,
      ...(busName ? { eventBusName: busName } : {}),
      targets: [
        {
          id: 'queue',
          arn: queue.queueArn,
          deadLetterConfig: { arn: queue.dead.queueArn },
          ...(inputPath ? { inputPath } : {}),
        },
      ],
    });
    for (const target of [queue, queue.dead]) {
      target.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [target.queueArn],
          conditions: {
            StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
            ArnEquals: { 'aws:SourceArn': this.attrArn },
          },
        }),
      );
    }
  }
}
