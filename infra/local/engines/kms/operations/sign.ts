import { sign as signWith } from 'node:crypto';
import * as z from 'zod';
import { parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { type Kms, signingPair } from '../context.ts';
import { signing } from './schema.ts';

const Sign = z.strictObject(signing);

/** ECDSA over SHA-256 of a raw message, DER as at KMS. */
export function sign(kms: Kms): Operation {
  return (input) => {
    const { KeyId, Message, SigningAlgorithm } = parseInput('Sign', Sign, input);
    const { arn, pair } = signingPair(kms, KeyId);
    const signature = signWith('sha256', Message, pair);
    return { KeyId: arn, Signature: signature.toString('base64'), SigningAlgorithm };
  };
}
