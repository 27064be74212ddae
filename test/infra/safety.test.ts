import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { cloudOf, type Deployed, pointsAt } from '#test/support/cloud.ts';

const cloud = cloudOf('prod');
const nameOf = ({ stack, id }: Deployed) => `${stack}/${id}`;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const Statement = z.looseObject({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Principal: z.union([z.literal('*'), z.record(z.string(), z.unknown())]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
const Document = z.object({ Statement: z.array(Statement) });
type Statement = z.infer<typeof Statement>;

/** Every statement of every policy in the templates, wherever it stands. */
const statements = cloud.resources.flatMap((resource) =>
  ['PolicyDocument', 'AssumeRolePolicyDocument', 'KeyPolicy'].flatMap((name) => {
    const document = resource.properties[name];
    if (document === undefined) return [];
    return Document.parse(document).Statement.map((statement) => ({ resource, name, statement }));
  }),
);

const services = ({ Principal }: Statement) =>
  typeof Principal === 'object' ? list(Principal.Service ?? []) : [];
const conditionKeys = ({ Condition }: Statement) => Object.values(Condition).flatMap(Object.keys);

describe('who may', () => {
  test('nothing is allowed to everybody', () => {
    const open = statements.filter(
      ({ statement: { Effect, Principal } }) =>
        Effect === 'Allow' && (Principal === '*' || list(Principal?.AWS ?? []).includes('*')),
    );
    expect(open.map(({ resource }) => nameOf(resource))).toEqual([]);
    expect(statements.length).toBeGreaterThan(100);
  });

  test('no policy allows an action with a wildcard', () => {
    const wild = statements.filter(
      ({ statement: { Effect, Action } }) =>
        Effect === 'Allow' && list(Action).some((action) => String(action).includes('*')),
    );
    expect(wild.map(({ resource }) => nameOf(resource))).toEqual([]);
  });

  test('a service acts for this account only: each grant to one says for whom', () => {
    const unbound = statements.filter(({ statement }) => {
      if (statement.Effect !== 'Allow' || services(statement).length === 0) return false;
      const keys = conditionKeys(statement);
      // CloudWatch Logs names the group that it works for in the encryption context instead.
      return (
        !keys.includes('aws:SourceAccount') &&
        !keys.includes('kms:EncryptionContext:aws:logs:arn') &&
        !keys.includes('aws:SourceArn')
      );
    });
    expect(unbound.map(({ resource }) => nameOf(resource))).toEqual([]);
  });

  test('every role is assumed with aws:SourceAccount', () => {
    const roles = statements.filter(({ name }) => name === 'AssumeRolePolicyDocument');
    expect(roles.length).toBe(cloud.ofType('AWS::IAM::Role').length);
    for (const { statement, resource } of roles) {
      expect(conditionKeys(statement), nameOf(resource)).toContain('aws:SourceAccount');
    }
  });

  test('roles have no inline policies, and no policy is attached from outside', () => {
    expect(cloud.ofType('AWS::IAM::Policy')).toEqual([]);
    for (const role of cloud.ofType('AWS::IAM::Role')) {
      expect(role.properties.Policies, nameOf(role)).toBeUndefined();
      expect(JSON.stringify(role.properties.ManagedPolicyArns)).not.toContain('arn:');
    }
  });

  test('a function may be invoked by one gateway of one account, by one permission', () => {
    const permissions = cloud.ofType('AWS::Lambda::Permission');
    for (const { properties } of permissions) {
      expect(properties).toMatchObject({
        SourceArn: expect.anything(),
        SourceAccount: expect.anything(),
      });
    }
    const functions = permissions.flatMap(({ properties }) => pointsAt(properties.FunctionName));
    expect(new Set(functions).size).toBe(functions.length);
  });

  test('no function has an address of its own', () => {
    expect(cloud.ofType('AWS::Lambda::Url')).toEqual([]);
  });
});

describe('what is kept', () => {
  const data = [
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::SQS::Queue',
    'AWS::KMS::Key',
    'AWS::Logs::LogGroup',
  ];

  test.each(data)('%s survives its stack', (type) => {
    const all = cloud.ofType(type);
    expect(all.length).toBeGreaterThan(0);
    for (const one of all) {
      // A group with a fixed name goes with a stack that never came to be, and with none that did.
      expect(one.deletionPolicy, nameOf(one)).toBe(
        one.properties.LogGroupName === undefined ? 'Retain' : 'RetainExceptOnCreate',
      );
      expect(one.updateReplacePolicy, nameOf(one)).toBe('Retain');
    }
  });

  test('every table can be restored, none can be deleted, each is under a key of ours', () => {
    for (const table of cloud.ofType('AWS::DynamoDB::Table')) {
      expect(table.properties, nameOf(table)).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: expect.anything() },
      });
    }
  });

  test('destroyed keys come back from no restore: the keys table has the shortest window there is', () => {
    const days = cloud
      .ofType('AWS::DynamoDB::Table')
      .map(({ id, properties }) => [
        id.replace(/TABLE.*$/, ''),
        Object(properties.PointInTimeRecoverySpecification).RecoveryPeriodInDays,
      ]);
    expect(Object.fromEntries(days)).toEqual({
      DOCUMENTS: 35,
      ENROLMENT: 35,
      IDENTITY: 35,
      JOURNAL: 35,
      KEYS: 1,
      NOTICES: 35,
      STATISTICS: 35,
    });
  });

  test('every log group ends, under a key of ours', () => {
    for (const group of cloud.ofType('AWS::Logs::LogGroup')) {
      expect(group.properties, nameOf(group)).toMatchObject({
        RetentionInDays: 365,
        KmsKeyId: expect.anything(),
      });
    }
  });

  const keys = cloud.ofType('AWS::KMS::Key');
  const isSigning = ({ properties }: Deployed) => properties.KeyUsage === 'SIGN_VERIFY';

  test('one key signs certificates: a pair that KMS cannot turn, for the account alone', () => {
    const [key, ...others] = keys.filter(isSigning);
    expect(others).toEqual([]);
    expect(key?.properties).toMatchObject({ KeySpec: 'ECC_NIST_P256' });
    expect(key?.properties).not.toHaveProperty('EnableKeyRotation');
    const uses = statements.filter(
      ({ resource, statement }) => resource === key && list(statement.Action).includes('kms:Sign'),
    );
    expect(uses.map(({ statement }) => conditionKeys(statement))).toEqual([['kms:CallerAccount']]);
  });

  test('every other key turns, and is used through its services or with an encryption context', () => {
    for (const key of keys.filter((one) => !isSigning(one))) {
      expect(key.properties.EnableKeyRotation, nameOf(key)).toBe(true);
      const uses = statements.filter(
        ({ resource, statement }) =>
          resource === key &&
          list(statement.Action).includes('kms:Decrypt') &&
          services(statement).length === 0,
      );
      expect(uses.length, nameOf(key)).toBe(1);
      for (const { statement } of uses) {
        const keys = conditionKeys(statement);
        expect(
          keys.includes('kms:ViaService') || keys.includes('kms:EncryptionContextKeys'),
          nameOf(key),
        ).toBe(true);
        expect(keys).toContain('kms:CallerAccount');
      }
    }
  });

  test('buckets are private, versioned, sealed by TLS, and each says what of it ends', () => {
    for (const bucket of cloud.ofType('AWS::S3::Bucket')) {
      expect(bucket.properties, nameOf(bucket)).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: expect.anything(),
      });
      const denied = statements.some(
        ({ resource, statement }) =>
          resource.type === 'AWS::S3::BucketPolicy' &&
          pointsAt(resource.properties.Bucket).includes(bucket.id) &&
          statement.Effect === 'Deny' &&
          conditionKeys(statement).includes('aws:SecureTransport'),
      );
      expect(denied, nameOf(bucket)).toBe(true);
    }
  });
});

test('files of insured people go after a week, results after a month, what was replaced or deleted after a day', () => {
  const intake = cloud.ofType('AWS::S3::Bucket').find(({ id }) => id.startsWith('INTAKEBUCKET'));
  expect(intake?.properties.LifecycleConfiguration).toEqual({
    Rules: [
      { Prefix: 'incoming/', ExpirationInDays: 7, Status: 'Enabled' },
      { Prefix: 'results/', ExpirationInDays: 30, Status: 'Enabled' },
      {
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Status: 'Enabled',
      },
    ],
  });
});

test('documents never go by themselves: nothing of the vault ends but uploads that were broken off', () => {
  const vault = cloud.ofType('AWS::S3::Bucket').find(({ id }) => id.startsWith('VAULTBUCKET'));
  expect(vault?.properties.LifecycleConfiguration).toEqual({
    Rules: [{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' }],
  });
});

describe('functions', () => {
  const functions = cloud.ofType('AWS::Lambda::Function');

  test('are arm64 and Node 24, traced, with a log group and a place for failures', () => {
    for (const one of functions) {
      expect(one.properties, nameOf(one)).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: expect.anything() },
        DeadLetterConfig: { TargetArn: expect.anything() },
        ReservedConcurrentExecutions: expect.any(Number),
      });
    }
  });

  test('fit together into what a new account allows at once, with a hundred left', () => {
    const all = functions.map(({ properties }) => Number(properties.ReservedConcurrentExecutions));
    expect(all.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(900);
  });

  test('carry no secret in their environment', () => {
    const Environment = z.object({ Variables: z.record(z.string(), z.unknown()) });
    for (const one of functions) {
      const names = Object.keys(Environment.parse(one.properties.Environment).Variables);
      expect(
        names.filter((name) =>
          /SECRET|PASSWORD|TOKEN|CREDENTIAL|PRIVATE|PEPPER|API_?KEY/i.test(name),
        ),
        nameOf(one),
      ).toEqual([]);
    }
  });
});
