import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, place, temporaryFolder } from './support.ts';

const id = '22222222-2222-4222-8222-222222222222';
const start = async (folder?: string) => {
  const served = await serveEngine(() => createKms({ ...place, folder, now: Date.now }));
  const arn = served.engine.createKey({ id });
  return { served, arn, client: new KMSClient(clientOf(served.url)) };
};
const Plaintext = Buffer.from('un secret');

test('a ciphertext opens with the next engine of the folder, rotated or not', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  const { CiphertextBlob } = await first.client.send(
    new EncryptCommand({ KeyId: first.arn, Plaintext }),
  );
  first.served.engine.rotate(id);
  await first.served.close();
  const second = await start(folder);
  const opened = await second.client.send(new DecryptCommand({ CiphertextBlob }));
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
  await second.served.close();
});

test('a rotation takes new material for what comes after', async () => {
  const { served, arn, client } = await start();
  const encrypt = async () => {
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: arn, Plaintext }));
    return Buffer.from(CiphertextBlob ?? []).readUInt32BE(17);
  };
  expect(await encrypt()).toBe(1);
  served.engine.rotate(id);
  expect(await encrypt()).toBe(2);
  await served.close();
});

test('the root key is for its owner only', async () => {
  const folder = temporaryFolder();
  const { served } = await start(folder);
  expect(statSync(join(folder, 'root.key')).mode & 0o777).toBe(0o600);
  await served.close();
});

test('pending deletion stops a key; destroyed, nothing under it opens again', async () => {
  const { served, arn, client } = await start();
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: arn, Plaintext }));
  const decrypt = () => errorOf(client.send(new DecryptCommand({ CiphertextBlob })));
  served.engine.setState(id, 'PendingDeletion');
  expect(await decrypt()).toBe('KMSInvalidStateException');
  served.engine.setState(id, 'Enabled');
  expect(await decrypt()).toBe('none');
  served.engine.destroy(id);
  served.engine.createKey({ id });
  expect(await decrypt()).toBe('InvalidCiphertextException');
  await served.close();
});

test('data keys without the wire are bound to their context', async () => {
  const { served } = await start();
  const { dataKeys } = served.engine;
  const { plaintext, wrapped } = dataKeys.generate(id, { bucket: 'a' });
  expect(dataKeys.open(wrapped, { bucket: 'a' })).toEqual(plaintext);
  expect(() => dataKeys.open(wrapped, { bucket: 'b' })).toThrow('does not open');
  await served.close();
});

test('what is not played says so', async () => {
  const { served, client } = await start();
  await expect(client.send(new CreateKeyCommand({}))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
  const byAlias = new EncryptCommand({ KeyId: 'alias/x', Plaintext });
  await expect(client.send(byAlias)).rejects.toThrow('Not played at home: KMS aliases');
  await served.close();
});
