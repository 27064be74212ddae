import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with a random IV: IV, tag, data. The additional data is bound and not stored. */
export function seal(key: KeyObject, plaintext: Buffer, bound: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound);
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), data]);
}

/** Opens what `seal` made; undefined when key, bytes or additional data are not the same. */
export function open(key: KeyObject, sealed: Buffer, bound: Buffer): Buffer | undefined {
  if (sealed.length < ivBytes + tagBytes) return undefined;
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(ivBytes, ivBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(bound).setAuthTag(tag);
  const data = decipher.update(sealed.subarray(ivBytes + tagBytes));
  try {
    return Buffer.concat([data, decipher.final()]);
  } catch {
    return undefined;
  }
}
