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
  const key = keyBy(kms, keyId);
  const arn = kms.arnOf(key.id);
  switch (key.state) {
    case 'Enabled':
      return key;
    case 'Disabled':
      throw new AwsFault('DisabledException', `${arn} is disabled.`);
    case 'PendingDeletion':
      throw new AwsFault('KMSInvalidStateException', `${arn} is pending deletion.`);
  }
}
