import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Sending traces: X-Ray knows no resources, so this one policy of a stack says `*`, once. */
export class TracingPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'May send traces to X-Ray',
      statements: [
        new PolicyStatement({
          actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
          resources: ['*'],
        }),
      ],
    });
    acknowledge(
      this,
      ['AwsSolutions-IAM5[Resource::*]'],
      'Traces belong to no resource: IAM offers nothing narrower than * for these two actions.',
    );
  }
}
