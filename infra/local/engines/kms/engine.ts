import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { EngineOptions, KmsEngine } from '../engine.ts';
import { jsonHandler } from '../wire/json-engine.ts';
import { decrypt as decryptUnder, encrypt as encryptUnder } from './ciphertext.ts';
import { type Kms, keyBy } from './context.ts';
import { openKeyStore } from './keys.ts';
import { decrypt } from './operations/decrypt.ts';
import { describeKey } from './operations/describe-key.ts';
import { encrypt } from './operations/encrypt.ts';
import {
  generateDataKey,
  generateDataKeyWithoutPlaintext,
} from './operations/generate-data-key.ts';
import { getPublicKey } from './operations/get-public-key.ts';
import { reEncrypt } from './operations/re-encrypt.ts';
import { sign } from './operations/sign.ts';
import { verify } from './operations/verify.ts';

const KeyId = z.uuid();

/** KMS with symmetric keys, and pairs that sign (ECDSA on P-256). Rights are the door's affair; key policies and grants are not played. */
export function createKms(options: EngineOptions): KmsEngine {
  const { now, region, account } = options;
  const keys = openKeyStore(options.folder);
  const kms: Kms = { keys, now, arnOf: (id) => `arn:aws:kms:${region}:${account}:key/${id}` };
  const operations = {
    Encrypt: encrypt(kms),
    Decrypt: decrypt(kms),
    GenerateDataKey: generateDataKey(kms),
    GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext(kms),
    ReEncrypt: reEncrypt(kms),
    DescribeKey: describeKey(kms),
    GetPublicKey: getPublicKey(kms),
    Sign: sign(kms),
    Verify: verify(kms),
  };
  return {
    handle: jsonHandler({
      target: 'TrentService',
      contentType: 'application/x-amz-json-1.1',
      now,
      operations,
      closing: new AbortController().signal,
    }),
    createKey({ id, description = '', spec = 'SYMMETRIC_DEFAULT' }) {
      keys.create({ id: KeyId.parse(id), description, spec }, now());
      return kms.arnOf(id);
    },
    rotate: (id) => keys.rotate(keyBy(kms, id).id),
    setState: (id, state) => void keys.setState(keyBy(kms, id).id, state),
    destroy: (id) => keys.destroy(keyBy(kms, id).id),
    dataKeys: {
      generate(keyArn, context) {
        const plaintext = randomBytes(32);
        return { plaintext, wrapped: encryptUnder(kms, keyArn, plaintext, context) };
      },
      open: (wrapped, context) => decryptUnder(kms, wrapped, { context }).plaintext,
    },
    close: async () => keys.close(),
  };
}
