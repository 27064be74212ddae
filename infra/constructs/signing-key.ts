import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { administration } from './house-key.ts';

/**
 * A key pair that signs (ECDSA on P-256). KMS does not rotate such keys, and a signature of ten years ago
 * must still be checked, so there is none. The account looks after it; roles sign as far as their policy says.
 */
export class SigningKey extends Key {
  constructor(scope: Construct, id: string, { description }: { readonly description: string }) {
    const root = { principals: [new AccountRootPrincipal()], resources: ['*'] };
    const StringEquals = { 'kms:CallerAccount': Stack.of(scope).account };
    super(scope, id, {
      description,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
      policy: new PolicyDocument({
        statements: [
          new PolicyStatement({ ...root, sid: 'Administration', actions: [...administration] }),
          new PolicyStatement({
            ...root,
            sid: 'Use',
            actions: ['kms:GetPublicKey', 'kms:Sign', 'kms:Verify'],
            conditions: { StringEquals },
          }),
        ],
      }),
    });
  }
}
