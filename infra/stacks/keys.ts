import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import { HouseKey, type ServiceUse } from '#infra/constructs/house-key.ts';
import { HouseStack } from '#infra/constructs/house-stack.ts';
import { SigningKey } from '#infra/constructs/signing-key.ts';
import type { Keys } from '#infra/resources.ts';

/** The keys, apart from what lies under them: whoever may change a table's stack may not touch its key. */
export class KeysStack extends HouseStack {
  readonly keys: Keys;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'keys', stage);
    this.keys = {
      records: new HouseKey(this, 'records', { description: 'Tables', via: ['dynamodb'] }),
      files: new HouseKey(this, 'files', { description: 'Buckets', via: ['s3'] }),
      messages: new HouseKey(this, 'messages', {
        description: 'Queues, topics and the bus',
        via: ['sqs', 'sns', 'events'],
        services: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'].map((name) =>
          inOwnAccount(this, name),
        ),
      }),
      logs: new HouseKey(this, 'logs', {
        description: 'Log groups',
        via: ['logs'],
        services: [forLogs(this)],
      }),
      named: {
        IDENTITY_KEY: new HouseKey(this, 'IDENTITY_KEY', {
          description: 'Branch keys under which identities are sealed',
        }),
        HOLDER_KEY: new HouseKey(this, 'HOLDER_KEY', {
          description: 'Branch keys of holders, under which health data are sealed',
        }),
        CERTIFICATE_KEY: new SigningKey(this, 'CERTIFICATE_KEY', {
          description: 'Signs certificates of deletion',
        }),
      },
    };
  }
}

function inOwnAccount(stack: Stack, principal: string): ServiceUse {
  return {
    principal: new ServicePrincipal(principal),
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  };
}

function forLogs(stack: Stack): ServiceUse {
  const groups = Stack.of(stack).formatArn({ service: 'logs', resource: '*' });
  return {
    principal: new ServicePrincipal(`logs.${stack.region}.amazonaws.com`),
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
  };
}
