import { createPublicKey, verify as verifyWith } from 'node:crypto';
import * as z from 'zod';
import { AwsFault, parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { type Kms, signingPair } from '../context.ts';
import { blob, signing } from './schema.ts';

const Verify = z.strictObject({ ...signing, Signature: blob });

/** KMS does not say `false`: a signature that is not this key's is an error. */
export function verify(kms: Kms): Operation {
  return (input) => {
    const { KeyId, Message, Signature, SigningAlgorithm } = parseInput('Verify', Verify, input);
    const { arn, pair } = signingPair(kms, KeyId);
    if (!verifyWith('sha256', Message, createPublicKey(pair), Signature))
      throw new AwsFault('KMSInvalidSignatureException', 'The signature is not of this message.');
    return { KeyId: arn, SignatureValid: true, SigningAlgorithm };
  };
}
