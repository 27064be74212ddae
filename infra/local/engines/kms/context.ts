import type { KeyObject } from 'node:crypto';
import { AwsFault, notImplemented } from '../wire/fault.ts';
import type { KeyStore, StoredKey } from './keys.ts';

/** What the operations share. */
export interface Kms {
  readonly keys: KeyStore;
  readonly now: () => number;
  readonly arnOf: (id: string) => string;
}

/** The key by id or ARN; NotFoundException for one that is not there. Aliases are not played. */
export function keyBy({ keys, arnOf }: Kms, keyId: string): StoredKey {
  if (keyId.includes('alias/')) throw notImplemented('KMS aliases');
  const key = keys.find(keyId.split('/').at(-1) ?? '');
  if (key === undefined || (keyId.includes(':') && keyId !== arnOf(key.id))) {
    throw new AwsFault('NotFoundException', `Key '${keyId}' does not exist`);
  }
  return key;
}

/** A key that may encrypt and decrypt now. */
export function usableKey(kms: Kms, keyId: string): StoredKey {
  return usable(kms, keyBy(kms, keyId), 'ENCRYPT_DECRYPT');
}

/** The private half of a key that may sign now. */
export function signingPair(kms: Kms, keyId: string): { arn: string; pair: KeyObject } {
  const { id } = usable(kms, keyBy(kms, keyId), 'SIGN_VERIFY');
  const pair = kms.keys.pair(id);
  if (pair === undefined) throw new Error(`Key ${id} has no pair`);
  return { arn: kms.arnOf(id), pair };
}

export const usageOf = ({ signs }: StoredKey) => (signs ? 'SIGN_VERIFY' : 'ENCRYPT_DECRYPT');

function usable(kms: Kms, key: StoredKey, usage: ReturnType<typeof usageOf>): StoredKey {
  const arn = kms.arnOf(key.id);
  if (usageOf(key) !== usage)
    throw new AwsFault('InvalidKeyUsageException', `${arn} key usage is ${usageOf(key)}.`);
  switch (key.state) {
    case 'Enabled':
      return key;
    case 'Disabled':
      throw new AwsFault('DisabledException', `${arn} is disabled.`);
    case 'PendingDeletion':
      throw new AwsFault('KMSInvalidStateException', `${arn} is pending deletion.`);
  }
}
