import { type KeyObject, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { codeOf } from '#shared/kernel/code.ts';
import { openSmall, sealSmall } from '#shared/sealing/small.ts';
import { hashCode, hintOf } from './hash-code.ts';
import type { CodeHash, NextCode } from './stored-code.ts';

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
  const sealed = await sealSmall(branch, code, context(holder));
  return { purpose, salt, hash, params, hint: hintOf(pepper, code), sealed };
}

/** The code that waits to be sent. */
export async function waitingCode(holder: string, next: Pick<NextCode, 'sealed'>): Promise<string> {
  return z.string().parse(await openSmall(next.sealed, context(holder)));
}
