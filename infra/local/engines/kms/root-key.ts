import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key that seals all key material at rest: made at the first start, readable by the owner of
 * the folder only. It plays the hardware module; losing it loses all that was ever encrypted.
 */
export function rootKey(folder: string | undefined): KeyObject {
  if (folder === undefined) return createSecretKey(randomBytes(32));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'root.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  const bytes = readFileSync(file);
  if (bytes.length !== 32) throw new Error(`${file} is not a root key of 32 bytes`);
  return createSecretKey(bytes);
}
