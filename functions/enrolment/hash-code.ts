import { argon2, createHmac, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { CodeHash } from './stored-code.ts';

const stretch = promisify(argon2);
const tagLength = 32;

/**
 * A byte of a code under the pepper: of several codes it says which are not meant, without stretching each. Without the
 * pepper it says nothing; with it, it takes eight of a code's 55 bits.
 */
export const hintOf = (pepper: KeyObject, code: string): string =>
  createHmac('sha256', pepper).update(`hint ${code}`).digest('hex').slice(0, 2);

/** Argon2id over the peppered code: a stolen table is useless without the pepper, which only KMS unwraps. */
export async function hashCode(
  code: string,
  { salt, params, pepper }: { salt: Uint8Array; params: CodeHash; pepper: KeyObject },
): Promise<Uint8Array> {
  return stretch('argon2id', {
    message: createHmac('sha256', pepper).update(code).digest(),
    nonce: salt,
    memory: params.memoryKiB,
    passes: params.passes,
    parallelism: params.parallelism,
    tagLength,
  });
}
