import type { EncryptionContext } from '../engine.ts';
import { AwsFault } from '../wire/fault.ts';
import type { Kms } from './context.ts';
import { usableKey } from './context.ts';
import { open, seal } from './seal.ts';

/**
 * A ciphertext names its key and material: version (1 byte), key id (16), material number (4), then
 * IV, tag and data. All of the head and the sorted encryption context are additional data.
 */
const version = 1;
const headBytes = 21;

/** Encrypts under the newest material of a usable key. */
export function encrypt(
  kms: Kms,
  keyId: string,
  plaintext: Buffer,
  context: EncryptionContext,
): Buffer {
  const key = usableKey(kms, keyId);
  const number = key.newest ?? 0;
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(version);
  Buffer.from(key.id.replaceAll('-', ''), 'hex').copy(head, 1);
  head.writeUInt32BE(number, 17);
  const material = kms.keys.material(key.id, number);
  if (material === undefined) throw new Error(`Key ${key.id} has no material ${number}`);
  return Buffer.concat([head, seal(material, plaintext, bound(head, context))]);
}

/** Decrypts; `keyId`, when given, must be the key that encrypted. */
export function decrypt(
  kms: Kms,
  ciphertext: Buffer,
  { context, keyId }: { context: EncryptionContext; keyId?: string | undefined },
): { id: string; plaintext: Buffer } {
  if (ciphertext.length <= headBytes || ciphertext.readUInt8() !== version) throw invalid();
  const head = ciphertext.subarray(0, headBytes);
  const id = uuidOf(head.subarray(1, 17));
  if (keyId !== undefined && usableKey(kms, keyId).id !== id) {
    throw new AwsFault(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  if (kms.keys.find(id) === undefined) throw invalid();
  usableKey(kms, id);
  const material = kms.keys.material(id, head.readUInt32BE(17));
  const plaintext =
    material && open(material, ciphertext.subarray(headBytes), bound(head, context));
  if (plaintext === undefined) throw invalid();
  return { id, plaintext };
}

/** AWS says no more either: wrong bytes and wrong context look the same. */
const invalid = () => new AwsFault('InvalidCiphertextException', 'The ciphertext does not open.');

function bound(head: Buffer, context: EncryptionContext): Buffer {
  const sorted = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([head, Buffer.from(JSON.stringify(sorted))]);
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
