import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import { parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { type Kms, signingPair } from '../context.ts';
import { grantTokens } from './schema.ts';

const GetPublicKey = z.strictObject({ KeyId: z.string(), GrantTokens: grantTokens });

/** The public half, as DER (SPKI). */
export function getPublicKey(kms: Kms): Operation {
  return (input) => {
    const { arn, pair } = signingPair(kms, parseInput('GetPublicKey', GetPublicKey, input).KeyId);
    const der = createPublicKey(pair).export({ type: 'spki', format: 'der' });
    return {
      KeyId: arn,
      PublicKey: der.toString('base64'),
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: ['ECDSA_SHA_256'],
    };
  };
}
