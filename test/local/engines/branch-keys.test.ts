import { BranchKeyStoreNode } from '@aws-crypto/branch-keystore-node';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createDynamoDb } from '#infra/local/engines/dynamodb/engine.ts';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, place } from './support.ts';

const options = { ...place, folder: undefined, now: Date.now };

test('the Encryption SDK’s key store makes, reads and renews a branch key on the engines', async () => {
  const [kms, dynamo] = await Promise.all([
    serveEngine(() => createKms(options)),
    serveEngine(() => createDynamoDb(options)),
  ]);
  const ddbClient = new DynamoDBClient(clientOf(dynamo.url));
  const names = ['branch-key-id', 'type'];
  await ddbClient.send(
    new CreateTableCommand({
      TableName: 'keys',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: names.map((AttributeName, n) => ({
        AttributeName,
        KeyType: n === 0 ? 'HASH' : 'RANGE',
      })),
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  const id = '66666666-6666-4666-8666-666666666666';
  const store = new BranchKeyStoreNode({
    storage: { ddbTableName: 'keys', ddbClient },
    logicalKeyStoreName: 'keystore',
    kmsConfiguration: { identifier: kms.engine.createKey({ id }) },
    keyManagement: { kmsClient: new KMSClient(clientOf(kms.url)) },
  });
  const create = () =>
    store.createKey({
      branchKeyIdentifier: 'enrolment-31',
      encryptionContext: { department: '31' },
    });
  await create();
  const first = await store.getActiveBranchKey('enrolment-31');
  expect(first.encryptionContext).toEqual({ department: '31' });
  expect(await errorOf(create())).not.toBe('none');
  await store.versionKey({ branchKeyIdentifier: 'enrolment-31' });
  const second = await store.getActiveBranchKey('enrolment-31');
  expect(second.branchKey().equals(first.branchKey())).toBe(false);
  const version = first.branchKeyVersion.toString('utf8');
  const old = await store.getBranchKeyVersion('enrolment-31', version);
  expect(old.branchKey().equals(first.branchKey())).toBe(true);
  kms.engine.setState(id, 'Disabled');
  expect(await errorOf(store.getActiveBranchKey('enrolment-31'))).toBe('DisabledException');
  await Promise.all([kms.close(), dynamo.close()]);
});
