import { createSecretKey, type KeyObject } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Place } from './place.ts';

/** A secret of the house, made as its first import would where there is none: the bench gives people codes and tags. */
export async function secretOf({ world, operator }: Place, purpose: string): Promise<KeyObject> {
  const kms = new KMSClient(world.aws());
  const KeyId = world.physical('IDENTITY_KEY');
  const EncryptionContext = { purpose: `enrolment-${purpose}`, version: '1' };
  const TableName = world.physical('ENROLMENT_TABLE');
  const Key = { pk: `SECRET#${purpose}`, sk: '1' };
  const { Item } = await operator.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  if (Item) {
    const opened = { CiphertextBlob: z.instanceof(Uint8Array).parse(Item.wrapped) };
    const { Plaintext } = await kms.send(new DecryptCommand({ ...opened, EncryptionContext }));
    return createSecretKey(z.instanceof(Uint8Array).parse(Plaintext));
  }
  const made = await kms.send(
    new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }),
  );
  const ConditionExpression = 'attribute_not_exists(pk)';
  const kept = { ...Key, wrapped: made.CiphertextBlob };
  await operator.send(new PutCommand({ TableName, Item: kept, ConditionExpression }));
  return createSecretKey(z.instanceof(Uint8Array).parse(made.Plaintext));
}
