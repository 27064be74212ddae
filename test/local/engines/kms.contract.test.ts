import { createPublicKey, verify } from 'node:crypto';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
  KMSClient,
  ReEncryptCommand,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KmsEngine } from '#infra/local/engines/engine.ts';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, place } from './support.ts';

interface Given {
  readonly client: KMSClient;
  /** ARNs of symmetric keys. */
  readonly key: string;
  readonly other: string;
  readonly disabled: string;
  /** A pair that signs, ECC_NIST_P256. */
  readonly pair: string;
  /** Gives `key` new material. */
  readonly rotate: () => Promise<void> | void;
}

/** What the system asks of KMS, with the names of its errors. */
function contract(given: () => Given) {
  const context = { purpose: 'lookup', version: 'é1' };
  const generate = async (EncryptionContext: Record<string, string> = context) => {
    const { client, key } = given();
    const made = await client.send(
      new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256', EncryptionContext }),
    );
    return {
      plaintext: Buffer.from(made.Plaintext ?? []),
      wrapped: made.CiphertextBlob,
      arn: made.KeyId,
    };
  };
  const decrypt = (CiphertextBlob: Uint8Array | undefined, more = {}) =>
    given().client.send(
      new DecryptCommand({ CiphertextBlob, EncryptionContext: context, ...more }),
    );

  test('a data key opens again under its context, in any order', async () => {
    const { plaintext, wrapped, arn } = await generate();
    expect(plaintext).toHaveLength(32);
    expect(arn).toBe(given().key);
    const EncryptionContext = { version: 'é1', purpose: 'lookup' };
    const opened = await decrypt(wrapped, { EncryptionContext, KeyId: given().key });
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(plaintext);
  });

  test.each([
    ['another value', { purpose: 'pepper', version: 'é1' }],
    ['one member less', { purpose: 'lookup' }],
    ['one member more', { ...context, more: 'x' }],
    ['no context', {}],
  ])('a context with %s does not open it', async (_how, EncryptionContext) => {
    const { wrapped } = await generate();
    expect(await errorOf(decrypt(wrapped, { EncryptionContext }))).toBe(
      'InvalidCiphertextException',
    );
  });

  test('a ciphertext with one changed bit, anywhere, does not open', async () => {
    const { wrapped = new Uint8Array() } = await generate();
    for (const at of [0, Math.floor(wrapped.length / 2), wrapped.length - 1]) {
      const changed = Uint8Array.from(wrapped, (byte, n) => (n === at ? byte ^ 1 : byte));
      expect(await errorOf(decrypt(changed))).toBe('InvalidCiphertextException');
    }
    expect(await errorOf(decrypt(wrapped.subarray(0, 20)))).toBe('InvalidCiphertextException');
  });

  test('naming another key than the one that encrypted is refused', async () => {
    const { wrapped } = await generate();
    expect(await errorOf(decrypt(wrapped, { KeyId: given().other }))).toBe('IncorrectKeyException');
  });

  test('small texts are encrypted directly, up to 4,096 bytes', async () => {
    const encrypt = (size: number) =>
      given().client.send(
        new EncryptCommand({
          KeyId: given().key,
          Plaintext: Buffer.alloc(size, 7),
          EncryptionContext: context,
        }),
      );
    const { CiphertextBlob } = await encrypt(4096);
    expect((await decrypt(CiphertextBlob)).Plaintext).toHaveLength(4096);
    expect(await errorOf(encrypt(4097))).toBe('ValidationException');
  });

  test('a data key without its plaintext is re-encrypted under another key and context', async () => {
    const { client, key, other } = given();
    const made = await client.send(
      new GenerateDataKeyWithoutPlaintextCommand({
        KeyId: key,
        NumberOfBytes: 32,
        EncryptionContext: context,
      }),
    );
    expect(Object.keys(made)).not.toContain('Plaintext');
    const moved = await client.send(
      new ReEncryptCommand({
        CiphertextBlob: made.CiphertextBlob,
        SourceEncryptionContext: context,
        DestinationKeyId: other,
        DestinationEncryptionContext: { to: 'x' },
      }),
    );
    expect(moved).toMatchObject({ SourceKeyId: key, KeyId: other });
    const before = await decrypt(made.CiphertextBlob);
    const after = await decrypt(moved.CiphertextBlob, { EncryptionContext: { to: 'x' } });
    expect(after.Plaintext).toEqual(before.Plaintext);
  });

  test('what was encrypted before a rotation still opens', async () => {
    const { plaintext, wrapped } = await generate();
    await given().rotate();
    const opened = await decrypt(wrapped);
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(plaintext);
  });

  test('a disabled and an unknown key are told apart', async () => {
    const { client, key, disabled } = given();
    const use = (KeyId: string) =>
      client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
    expect(await errorOf(use(disabled))).toBe('DisabledException');
    const unknown = key.replace(/[^/]*$/, '00000000-0000-4000-8000-000000000000');
    expect(await errorOf(use(unknown))).toBe('NotFoundException');
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: disabled }));
    expect(KeyMetadata).toMatchObject({ Arn: disabled, KeyState: 'Disabled', Enabled: false });
    expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
  });

  describe('a pair', () => {
    const SigningAlgorithm = 'ECDSA_SHA_256';
    const Message = Buffer.from('{"a":1}');
    const signed = async () => {
      const { client, pair: KeyId } = given();
      const sign = new SignCommand({ KeyId, Message, MessageType: 'RAW', SigningAlgorithm });
      return Buffer.from((await client.send(sign)).Signature ?? []);
    };

    test('signs what its public half verifies, here and at KMS, and nothing else', async () => {
      const { client, pair: KeyId } = given();
      const told = await client.send(new GetPublicKeyCommand({ KeyId }));
      expect(told).toMatchObject({ KeyId, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
      const spki = Buffer.from(told.PublicKey ?? []);
      const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
      const signature = await signed();
      expect(verify('sha256', Message, key, signature)).toBe(true);
      const check = (message: Buffer) =>
        new VerifyCommand({ KeyId, Message: message, Signature: signature, SigningAlgorithm });
      expect((await client.send(check(Message))).SignatureValid).toBe(true);
      expect(await errorOf(client.send(check(Buffer.from('{"a":2}'))))).toBe(
        'KMSInvalidSignatureException',
      );
    });

    test('neither encrypts, nor does a symmetric key sign', async () => {
      const { client, key, pair } = given();
      const data = new GenerateDataKeyCommand({ KeyId: pair, KeySpec: 'AES_256' });
      expect(await errorOf(client.send(data))).toBe('InvalidKeyUsageException');
      const sign = new SignCommand({ KeyId: key, Message, SigningAlgorithm });
      expect(await errorOf(client.send(sign))).toBe('InvalidKeyUsageException');
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: pair }));
      expect(KeyMetadata).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    });
  });
}

describe('KMS contract, at home', () => {
  let served: Served<KmsEngine>;
  let given: Given;
  beforeAll(async () => {
    served = await serveEngine(() => createKms({ ...place, folder: undefined, now: Date.now }));
    const { engine } = served;
    const [key, other, disabled] = [1, 2, 3].map((n) =>
      engine.createKey({ id: `11111111-1111-4111-8111-00000000000${n}` }),
    );
    const pair = engine.createKey({
      id: '11111111-1111-4111-8111-000000000004',
      spec: 'ECC_NIST_P256',
    });
    if (key === undefined || other === undefined || disabled === undefined)
      throw new Error('no keys');
    engine.setState(disabled, 'Disabled');
    given = {
      client: new KMSClient(clientOf(served.url)),
      key,
      other,
      disabled,
      pair,
      rotate: () => engine.rotate(key),
    };
  });
  afterAll(() => served.close());
  contract(() => given);
});
