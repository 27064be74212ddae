import process from 'node:process';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '#infra/local/engines/dynamodb/engine.ts';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, place } from '#test/local/engines/support.ts';

const options = { ...place, folder: undefined, now: Date.now };
const holderKeyId = '77777777-7777-4777-8777-777777777777';

/** A table of branch keys and a KMS key on the engines, and this process as a function with a right to both. */
export async function sealingPlace() {
  const [kms, dynamo] = await Promise.all([
    serveEngine(() => createKms(options)),
    serveEngine(() => createDynamoDb(options)),
  ]);
  const database = new DynamoDBClient(clientOf(dynamo.url));
  const names = ['branch-key-id', 'type'];
  await database.send(
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
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
    KEYS_TABLE: 'keys',
    HOLDER_KEY: kms.engine.createKey({ id: holderKeyId }),
  });
  return {
    database,
    kms: kms.engine,
    holderKeyId,
    close: () => Promise.all([kms.close(), dynamo.close()]),
  };
}
