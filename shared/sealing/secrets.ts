import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { kms } from '../aws/kms.ts';
import { env } from '../env.ts';

const { IDENTITY_KEY: KeyId } = env({ IDENTITY_KEY: z.string().min(1) });

/** What a secret is for, and which one: bound to it by KMS. */
export interface Purpose {
  readonly purpose: string;
  readonly version: string;
}

function keyOf(plain: Uint8Array | undefined): KeyObject {
  if (plain?.length !== 32) throw new Error('KMS gave no 32-byte key');
  const key = createSecretKey(plain);
  plain.fill(0);
  return key;
}

/** A new 32-byte secret and its wrapped form, which only KMS can undo. */
export async function newSecret(
  context: Purpose,
): Promise<{ key: KeyObject; wrapped: Uint8Array }> {
  const made = await kms.send(
    new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: { ...context } }),
  );
  if (!made.CiphertextBlob) throw new Error('KMS gave no wrapped key');
  return { key: keyOf(made.Plaintext), wrapped: made.CiphertextBlob };
}

/** The secret of a wrapped form. */
export async function unwrapSecret(wrapped: Uint8Array, context: Purpose): Promise<KeyObject> {
  const { Plaintext } = await kms.send(
    new DecryptCommand({ KeyId, CiphertextBlob: wrapped, EncryptionContext: { ...context } }),
  );
  return keyOf(Plaintext);
}

/** A keyed fingerprint of some words, 43 base64url characters; the words cannot run into each other. */
export function fingerprint(key: KeyObject, ...words: readonly string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(words)).digest('base64url');
}

/** Compares two fingerprints in constant time. */
export function sameFingerprint(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
