import * as z from 'zod';
import { parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { decrypt, encrypt } from '../ciphertext.ts';
import { type Kms, keyBy } from '../context.ts';
import { algorithm, blob, context, grantTokens } from './schema.ts';

const ReEncrypt = z.strictObject({
  CiphertextBlob: blob,
  SourceKeyId: z.string().optional(),
  SourceEncryptionContext: context,
  SourceEncryptionAlgorithm: algorithm,
  DestinationKeyId: z.string(),
  DestinationEncryptionContext: context,
  DestinationEncryptionAlgorithm: algorithm,
  GrantTokens: grantTokens,
});

export function reEncrypt(kms: Kms): Operation {
  return (input) => {
    const wanted = parseInput('ReEncrypt', ReEncrypt, input);
    const { id, plaintext } = decrypt(kms, wanted.CiphertextBlob, {
      context: wanted.SourceEncryptionContext,
      keyId: wanted.SourceKeyId,
    });
    const { DestinationKeyId, DestinationEncryptionContext } = wanted;
    const sealed = encrypt(kms, DestinationKeyId, plaintext, DestinationEncryptionContext);
    return {
      CiphertextBlob: sealed.toString('base64'),
      SourceKeyId: kms.arnOf(id),
      KeyId: kms.arnOf(keyBy(kms, DestinationKeyId).id),
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  };
}
