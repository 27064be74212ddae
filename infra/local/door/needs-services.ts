import * as z from 'zod';
import type { Call } from './call.ts';
import { type Premises, UnknownOperation } from './needs.ts';
import type { Need } from './policy.ts';

const queueActions = [
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'PurgeQueue',
  'StartMessageMoveTask',
  'ListMessageMoveTasks',
];
const Queued = z.looseObject({
  QueueUrl: z.string().optional(),
  QueueName: z.string().optional(),
  SourceArn: z.string().optional(),
});

/** A batch needs the right of its single call; an encrypted queue its key: a data key to send, the opening to receive. */
export function queueNeeds({ operation, input }: Call, premises: Premises): Need[] {
  const { region, account, inventory } = premises;
  if (operation === 'ListQueues') return [{ action: 'sqs:ListQueues', resource: '*' }];
  const name = operation.replace(/Batch$/, '');
  if (!queueActions.includes(name)) throw new UnknownOperation(`sqs:${operation}`);
  const { QueueUrl, QueueName, SourceArn } = Queued.parse(input);
  const queue = QueueName ?? QueueUrl?.split('/').at(-1) ?? SourceArn?.split(':').at(-1) ?? '';
  const resource = `arn:aws:sqs:${region}:${account}:${queue}`;
  const keyArn = inventory.queues.find((one) => one.arn === resource)?.keyArn;
  const needs: Need[] = [{ action: `sqs:${name}`, resource }];
  if (keyArn === undefined || keyArn === 'alias/aws/sqs') return needs;
  const facts = { 'kms:ViaService': `sqs.${region}.amazonaws.com`, 'kms:CallerAccount': account };
  if (name === 'SendMessage')
    needs.push({ action: 'kms:GenerateDataKey', resource: keyArn, facts });
  if (name === 'SendMessage' || name === 'ReceiveMessage') {
    needs.push({ action: 'kms:Decrypt', resource: keyArn, facts });
  }
  return needs;
}

const Keyed = z.looseObject({
  KeyId: z.string().optional(),
  CiphertextBlob: z.string().optional(),
  SourceKeyId: z.string().optional(),
  DestinationKeyId: z.string().optional(),
  EncryptionContext: z.record(z.string(), z.string()).optional(),
});
const keyActions = [
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'DescribeKey',
  'GetPublicKey',
  'Sign',
  'Verify',
  'GenerateMac',
  'VerifyMac',
];

/** Re-encryption needs a right on each of its two keys; without a key id the ciphertext tells its key. */
export function keyNeeds({ operation, input }: Call, premises: Premises): Need[] {
  const { KeyId, CiphertextBlob, SourceKeyId, DestinationKeyId, EncryptionContext } =
    Keyed.parse(input);
  const arnOf = (id: string | undefined) => {
    if (id === undefined) return premises.keyOfCiphertext(CiphertextBlob ?? '');
    return id.startsWith('arn:')
      ? id
      : `arn:aws:kms:${premises.region}:${premises.account}:key/${id}`;
  };
  const context = Object.entries(EncryptionContext ?? {}).map(([key, value]) => [
    `kms:EncryptionContext:${key}`,
    value,
  ]);
  const facts = { 'kms:CallerAccount': premises.account, ...Object.fromEntries(context) };
  if (operation === 'ReEncrypt') {
    return [
      { action: 'kms:ReEncryptFrom', resource: arnOf(SourceKeyId), facts },
      { action: 'kms:ReEncryptTo', resource: arnOf(DestinationKeyId), facts },
    ];
  }
  if (!keyActions.includes(operation)) throw new UnknownOperation(`kms:${operation}`);
  return [{ action: `kms:${operation}`, resource: arnOf(KeyId), facts }];
}

const Sent = z.looseObject({
  FromEmailAddress: z.string(),
  ConfigurationSetName: z.string().optional(),
});

/** Sending needs the sender's identity (its domain) and the configuration set that the call names. */
export function mailNeeds({ operation, input }: Call, { region, account }: Premises): Need[] {
  if (operation !== 'SendEmail') throw new UnknownOperation(`ses:${operation}`);
  const { FromEmailAddress, ConfigurationSetName } = Sent.parse(input);
  const address = /<([^>]+)>/.exec(FromEmailAddress)?.[1] ?? FromEmailAddress;
  const here = `arn:aws:ses:${region}:${account}`;
  const facts = { 'ses:FromAddress': address };
  const needs: Need[] = [
    { action: 'ses:SendEmail', resource: `${here}:identity/${address.split('@').at(-1)}`, facts },
  ];
  if (ConfigurationSetName !== undefined) {
    needs.push({
      action: 'ses:SendEmail',
      resource: `${here}:configuration-set/${ConfigurationSetName}`,
      facts,
    });
  }
  return needs;
}

const Texted = z.looseObject({ OriginationIdentity: z.string(), ConfigurationSetName: z.string() });

/** A text message needs the pool that it is sent from and the configuration set that the call names. */
export function textNeeds({ operation, input }: Call, { region, account }: Premises): Need[] {
  if (operation !== 'SendTextMessage') throw new UnknownOperation(`sms-voice:${operation}`);
  const { OriginationIdentity, ConfigurationSetName } = Texted.parse(input);
  const here = `arn:aws:sms-voice:${region}:${account}`;
  return [`pool/${OriginationIdentity}`, `configuration-set/${ConfigurationSetName}`].map(
    (name) => ({ action: 'sms-voice:SendTextMessage', resource: `${here}:${name}` }),
  );
}

const Put = z.looseObject({
  Entries: z.array(z.looseObject({ EventBusName: z.string().optional() })),
});

/** Every bus that an entry names. */
export function eventNeeds({ operation, input }: Call, { region, account }: Premises): Need[] {
  if (operation !== 'PutEvents') throw new UnknownOperation(`events:${operation}`);
  const buses = Put.parse(input).Entries.map(({ EventBusName = 'default' }) => EventBusName);
  return [...new Set(buses)].map((bus) => ({
    action: 'events:PutEvents',
    resource: bus.startsWith('arn:') ? bus : `arn:aws:events:${region}:${account}:event-bus/${bus}`,
  }));
}
