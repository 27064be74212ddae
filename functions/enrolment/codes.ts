import { argon2, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod';
import { codeOf } from '#shared/kernel/code.ts';
import { openSmall, sealSmall } from '#shared/sealing/small.ts';
import type { CodeHash, NextCode } from './stored.ts';

const stretch = promisify(argon2);
const tagLength = 32;

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

const context = (holder: string) => ({ holder, kind: 'code', version: 1 });

/** Makes a code for a purpose: hashed for checking, and sealed until the mail with it was accepted. */
export async function makeCode(made: {
  holder: string;
  branch: string;
  purpose: string;
  params: CodeHash;
  pepper: KeyObject;
}): Promise<NextCode> {
  const { holder, branch, purpose, params, pepper } = made;
  const code = codeOf(randomBytes(11));
  const salt = randomBytes(16);
  const hash = await hashCode(code, { salt, params, pepper });
  return { purpose, salt, hash, params, sealed: await sealSmall(branch, code, context(holder)) };
}

/** The code that waits to be sent. */
export async function waitingCode(holder: string, next: NextCode): Promise<string> {
  return z.string().parse(await openSmall(next.sealed, context(holder)));
}
