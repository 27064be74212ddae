import { describe, expect, test } from 'vitest';
import { type Call, type Service, s3Operation } from '#infra/local/door/call.ts';
import { needsOf, type Premises } from '#infra/local/door/needs.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-3:000000000000:${rest}`;
const premises: Premises = {
  region: 'eu-west-3',
  account: '000000000000',
  keyOfCiphertext: () => 'the-key-of-the-ciphertext',
  inventory: {
    tables: ['people', 'journal'].map((name) => ({
      name,
      arn: arn('dynamodb', `table/${name}`),
      hash: 'pk',
      range: 'sk',
      keyArn: name === 'people' ? 'records-key' : undefined,
      expiry: undefined,
      streamArn: undefined,
    })),
    queues: [{ name: 'work', arn: arn('sqs', 'work'), url: '', keyArn: 'messages-key' }],
    buckets: [{ name: 'intake', arn: 'arn:aws:s3:::intake', keyArn: 'files-key' }],
  },
};

function call(service: Service, operation: string, input: object): Call {
  const url = new URL('http://door.invalid/');
  return {
    service,
    operation,
    accessKeyId: 'A',
    environment: undefined,
    input: { ...input },
    method: 'POST',
    url,
    headers: {},
  };
}
const told = (one: Call) =>
  needsOf(one, premises).map(({ action, resource }) => `${action} ${resource}`);
const people = arn('dynamodb', 'table/people');
const journal = arn('dynamodb', 'table/journal');

describe('the rights that a call takes', () => {
  test('a transaction needs the right of each part on its table, and each key', () => {
    const TransactItems = [
      { Update: { TableName: 'people' } },
      { Put: { TableName: 'journal' } },
      { ConditionCheck: { TableName: 'people' } },
      { Delete: { TableName: 'people' } },
      { Put: { TableName: 'journal' } },
    ];
    expect(told(call('dynamodb', 'TransactWriteItems', { TransactItems }))).toEqual([
      `dynamodb:UpdateItem ${people}`,
      'kms:Decrypt records-key',
      `dynamodb:PutItem ${journal}`,
      `dynamodb:ConditionCheckItem ${people}`,
      `dynamodb:DeleteItem ${people}`,
    ]);
  });

  test('a query on an index needs the index, not the table', () => {
    const query = call('dynamodb', 'Query', { TableName: 'people', IndexName: 'due' });
    expect(told(query)).toEqual([`dynamodb:Query ${people}/index/due`, 'kms:Decrypt records-key']);
  });

  test('a batch read needs the batch right on every table', () => {
    const batch = call('dynamodb', 'BatchGetItem', { RequestItems: { people: {}, journal: {} } });
    expect(told(batch)).toEqual([
      `dynamodb:BatchGetItem ${people}`,
      'kms:Decrypt records-key',
      `dynamodb:BatchGetItem ${journal}`,
    ]);
  });

  test('an encrypted queue asks senders for a data key and receivers for its opening', () => {
    const QueueUrl = 'http://127.0.0.1:1/000000000000/work';
    expect(told(call('sqs', 'SendMessageBatch', { QueueUrl }))).toEqual([
      `sqs:SendMessage ${arn('sqs', 'work')}`,
      'kms:GenerateDataKey messages-key',
      'kms:Decrypt messages-key',
    ]);
    expect(told(call('sqs', 'ReceiveMessage', { QueueUrl }))).toContain('kms:Decrypt messages-key');
    expect(told(call('sqs', 'DeleteMessageBatch', { QueueUrl }))).toEqual([
      `sqs:DeleteMessage ${arn('sqs', 'work')}`,
    ]);
  });

  test.each([
    [
      'GET',
      '/intake/incoming/a.csv',
      ['s3:GetObject arn:aws:s3:::intake/incoming/a.csv', 'kms:Decrypt files-key'],
    ],
    [
      'PUT',
      '/intake/results/a%20b',
      ['s3:PutObject arn:aws:s3:::intake/results/a b', 'kms:GenerateDataKey files-key'],
    ],
    [
      'PUT',
      '/intake/x?partNumber=1&uploadId=u',
      [
        's3:PutObject arn:aws:s3:::intake/x',
        'kms:GenerateDataKey files-key',
        'kms:Decrypt files-key',
      ],
    ],
    [
      'GET',
      '/intake/x?versionId=1',
      ['s3:GetObjectVersion arn:aws:s3:::intake/x', 'kms:Decrypt files-key'],
    ],
    ['GET', '/intake?list-type=2&prefix=in', ['s3:ListBucket arn:aws:s3:::intake']],
    ['DELETE', '/intake/x', ['s3:DeleteObject arn:aws:s3:::intake/x']],
    ['DELETE', '/intake/x?versionId=1', ['s3:DeleteObjectVersion arn:aws:s3:::intake/x']],
    ['GET', '/intake?versions&prefix=x', ['s3:ListBucketVersions arn:aws:s3:::intake']],
  ])('S3 %s %s needs %j', (method, path, needs) => {
    const url = new URL(path, 'http://door.invalid');
    const operation = s3Operation(method, url, {});
    expect(told({ ...call('s3', operation, {}), method, url, input: undefined })).toEqual(needs);
  });

  test('re-encryption needs a right on each of its keys; a bare ciphertext tells its own', () => {
    const both = call('kms', 'ReEncrypt', { SourceKeyId: 'arn:a', DestinationKeyId: 'arn:b' });
    expect(told(both)).toEqual(['kms:ReEncryptFrom arn:a', 'kms:ReEncryptTo arn:b']);
    expect(told(call('kms', 'Decrypt', { CiphertextBlob: 'AA==' }))).toEqual([
      'kms:Decrypt the-key-of-the-ciphertext',
    ]);
  });

  test('a signature and a public key need their own right on the pair', () => {
    for (const operation of ['Sign', 'Verify', 'GetPublicKey'])
      expect(told(call('kms', operation, { KeyId: 'arn:pair' }))).toEqual([
        `kms:${operation} arn:pair`,
      ]);
  });

  test('a text message needs its pool and its configuration set', () => {
    const text = call('sms-voice', 'SendTextMessage', {
      OriginationIdentity: 'pool-1',
      ConfigurationSetName: 'set',
    });
    expect(told(text)).toEqual([
      `sms-voice:SendTextMessage ${arn('sms-voice', 'pool/pool-1')}`,
      `sms-voice:SendTextMessage ${arn('sms-voice', 'configuration-set/set')}`,
    ]);
  });

  test('a mail needs its domain and its configuration set', () => {
    const mail = call('ses', 'SendEmail', {
      FromEmailAddress: 'MES <no@mail.home.invalid>',
      ConfigurationSetName: 'set',
    });
    expect(told(mail)).toEqual([
      `ses:SendEmail ${arn('ses', 'identity/mail.home.invalid')}`,
      `ses:SendEmail ${arn('ses', 'configuration-set/set')}`,
    ]);
  });

  test('an iterator of DynamoDB Local stands for its stream', () => {
    const ShardIterator =
      '000|arn:aws:dynamodb:ddblocal:000000000000:table/people/stream/2026|shard|x';
    expect(told(call('streams', 'GetRecords', { ShardIterator }))).toEqual([
      `dynamodb:GetRecords ${people}/stream/2026`,
      'kms:Decrypt records-key',
    ]);
  });

  test.each([
    call('dynamodb', 'ExecuteStatement', {}),
    call('sqs', 'SetQueueAttributes', {}),
    call('kms', 'ScheduleKeyDeletion', {}),
    call('events', 'PutRule', {}),
    call('s3', 'PUT ?policy', {}),
  ])('an operation without a rule passes no function ($service $operation)', (one) => {
    expect(() => needsOf(one, premises)).toThrow(one.operation);
  });
});
