import * as z from 'zod';
import { AwsFault, parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { encrypt as encryptUnder } from '../ciphertext.ts';
import { type Kms, keyBy } from '../context.ts';
import { algorithm, blob, context, grantTokens } from './schema.ts';

const Encrypt = z.strictObject({
  KeyId: z.string(),
  Plaintext: blob,
  EncryptionContext: context,
  EncryptionAlgorithm: algorithm,
  GrantTokens: grantTokens,
});
const maxPlaintextBytes = 4096;

export function encrypt(kms: Kms): Operation {
  return (input) => {
    const { KeyId, Plaintext, EncryptionContext } = parseInput('Encrypt', Encrypt, input);
    if (Plaintext.length === 0 || Plaintext.length > maxPlaintextBytes) {
      throw new AwsFault(
        'ValidationException',
        `Plaintext must have 1 to ${maxPlaintextBytes} bytes`,
      );
    }
    const sealed = encryptUnder(kms, KeyId, Plaintext, EncryptionContext);
    return {
      CiphertextBlob: sealed.toString('base64'),
      KeyId: kms.arnOf(keyBy(kms, KeyId).id),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  };
}
