import * as z from 'zod';
import { parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { decrypt as decryptUnder } from '../ciphertext.ts';
import type { Kms } from '../context.ts';
import { algorithm, blob, context, grantTokens } from './schema.ts';

const Decrypt = z.strictObject({
  CiphertextBlob: blob,
  KeyId: z.string().optional(),
  EncryptionContext: context,
  EncryptionAlgorithm: algorithm,
  GrantTokens: grantTokens,
});

export function decrypt(kms: Kms): Operation {
  return (input) => {
    const wanted = parseInput('Decrypt', Decrypt, input);
    const { id, plaintext } = decryptUnder(kms, wanted.CiphertextBlob, {
      context: wanted.EncryptionContext,
      keyId: wanted.KeyId,
    });
    return {
      KeyId: kms.arnOf(id),
      Plaintext: plaintext.toString('base64'),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  };
}
