import { Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  PolicyDocument,
  PolicyStatement,
  type ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** A service that uses the key in its own name, and on which conditions. */
export interface ServiceUse {
  readonly principal: ServicePrincipal;
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface HouseKeyProps {
  readonly description: string;
  /** Services through which alone roles may use the key (`dynamodb`, `s3` …); without it, use asks for an encryption context. */
  readonly via?: readonly string[];
  readonly services?: readonly ServiceUse[];
}

/** What the account may do with a key beside using it. */
export const administration = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

const use = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * A rotating key. The account may look after it; roles may use it only as far as their own policy
 * says *and* through the named services, so that a leaked role cannot decrypt by hand.
 */
export class HouseKey extends Key {
  constructor(scope: Construct, id: string, { description, via, services = [] }: HouseKeyProps) {
    const { region, account } = Stack.of(scope);
    const caller = { 'kms:CallerAccount': account };
    const through = via?.map((service) => `${service}.${region}.amazonaws.com`);
    const root = { principals: [new AccountRootPrincipal()], resources: ['*'] };
    const statements = [
      new PolicyStatement({ ...root, sid: 'Administration', actions: administration }),
      new PolicyStatement({
        ...root,
        sid: 'Use',
        actions: use,
        conditions: through
          ? { StringEquals: { ...caller, 'kms:ViaService': through } }
          : { StringEquals: caller, Null: { 'kms:EncryptionContextKeys': 'false' } },
      }),
    ];
    if (through) {
      // DynamoDB works under a grant that the table's creator makes.
      statements.push(
        new PolicyStatement({
          ...root,
          sid: 'GrantsForServices',
          actions: ['kms:CreateGrant'],
          conditions: {
            StringEquals: { ...caller, 'kms:ViaService': through },
            Bool: { 'kms:GrantIsForAWSResource': 'true' },
          },
        }),
      );
    }
    for (const { principal, conditions } of services) {
      statements.push(
        new PolicyStatement({
          principals: [principal],
          actions: [...use, 'kms:DescribeKey'],
          resources: ['*'],
          conditions,
        }),
      );
    }
    super(scope, id, {
      description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
      policy: new PolicyDocument({ statements }),
    });
  }
}
