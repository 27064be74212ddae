import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { AwsFault, parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { encrypt } from '../ciphertext.ts';
import { type Kms, keyBy } from '../context.ts';
import { context, grantTokens } from './schema.ts';

const Generate = z.strictObject({
  KeyId: z.string(),
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  NumberOfBytes: z.int().min(1).max(1024).optional(),
  EncryptionContext: context,
  GrantTokens: grantTokens,
});

export function generateDataKey(kms: Kms): Operation {
  return (input) => {
    const { plaintext, ...told } = generate(kms, 'GenerateDataKey', input);
    return { ...told, Plaintext: plaintext.toString('base64') };
  };
}

export function generateDataKeyWithoutPlaintext(kms: Kms): Operation {
  return (input) => {
    const { plaintext: _kept, ...told } = generate(kms, 'GenerateDataKeyWithoutPlaintext', input);
    return told;
  };
}

function generate(kms: Kms, operation: string, input: unknown) {
  const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = parseInput(
    operation,
    Generate,
    input,
  );
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new AwsFault('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const plaintext = randomBytes(NumberOfBytes ?? (KeySpec === 'AES_256' ? 32 : 16));
  const sealed = encrypt(kms, KeyId, plaintext, EncryptionContext);
  return {
    CiphertextBlob: sealed.toString('base64'),
    KeyId: kms.arnOf(keyBy(kms, KeyId).id),
    plaintext,
  };
}
