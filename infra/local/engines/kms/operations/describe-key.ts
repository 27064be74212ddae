import * as z from 'zod';
import { parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { type Kms, keyBy, usageOf } from '../context.ts';
import { grantTokens } from './schema.ts';

const Describe = z.strictObject({ KeyId: z.string(), GrantTokens: grantTokens });

export function describeKey(kms: Kms): Operation {
  return (input) => {
    const key = keyBy(kms, parseInput('DescribeKey', Describe, input).KeyId);
    return {
      KeyMetadata: {
        KeyId: key.id,
        Arn: kms.arnOf(key.id),
        Description: key.description,
        CreationDate: key.createdAt / 1000,
        Enabled: key.state === 'Enabled',
        KeyState: key.state,
        KeyUsage: usageOf(key),
        ...(key.signs
          ? { KeySpec: 'ECC_NIST_P256', SigningAlgorithms: ['ECDSA_SHA_256'] }
          : { KeySpec: 'SYMMETRIC_DEFAULT', EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }),
        KeyManager: 'CUSTOMER',
        Origin: 'AWS_KMS',
        MultiRegion: false,
      },
    };
  };
}
