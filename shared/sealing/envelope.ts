import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { canonical } from '../kernel/canonical.ts';
import { IntegrityError, mustBeWhole } from './integrity.ts';

/** What a sealed item is bound to; opening under anything else fails. */
export interface Context {
  readonly holder: string;
  readonly kind: string;
  readonly version: number;
}

/** A key of one branch at one version. */
export interface BranchKey {
  readonly id: string;
  readonly version: string;
  readonly key: KeyObject;
}

const format = 1;
const sizes = { salt: 16, iv: 12, tag: 16 };

function cut(bytes: Uint8Array) {
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new IntegrityError('the envelope is cut short');
    at += length;
    return Buffer.from(bytes.subarray(at - length, at));
  };
  const word = (): string => take(take(1)[0] ?? 0).toString('utf8');
  return { take, word, rest: () => take(bytes.length - at) };
}

const word = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > 255) throw new RangeError('too long for an envelope');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
};

const headerOf = ({ id, version }: { id: string; version: string }): Buffer =>
  Buffer.concat([Buffer.of(format), word(id), word(version)]);

const bound = (header: Buffer, { holder, kind, version }: Context): Buffer =>
  Buffer.concat([header, Buffer.from(canonical({ holder, kind, version }), 'utf8')]);

// A key of its own for every envelope, so a nonce can never meet its key twice.
const keyOf = (branch: KeyObject, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha512', branch, salt, 'small item, format 1', 32));

/**
 * Seals some bytes as one binary: format, branch key id and version, salt, nonce, tag, AES-256-GCM text.
 * The key is derived from the branch key; header and context are authenticated.
 */
export function seal(plain: Uint8Array, branch: BranchKey, context: Context): Uint8Array {
  const header = headerOf(branch);
  const salt = randomBytes(sizes.salt);
  const iv = randomBytes(sizes.iv);
  const cipher = createCipheriv('aes-256-gcm', keyOf(branch.key, salt), iv);
  cipher.setAAD(bound(header, context));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([header, salt, iv, cipher.getAuthTag(), text]);
}

/** Which branch key, at which version, opens an envelope; an `IntegrityError` when it is none. */
export function sealedUnder(envelope: Uint8Array): { id: string; version: string } {
  const { take, word } = cut(envelope);
  if (take(1)[0] !== format) throw new IntegrityError('not an envelope of format 1');
  return { id: word(), version: word() };
}

/** Opens an envelope under the context it was sealed for; an `IntegrityError` when key, bytes or context differ. */
export function open(envelope: Uint8Array, branch: BranchKey, context: Context): Buffer {
  const header = headerOf(sealedUnder(envelope));
  const { take, rest } = cut(envelope.subarray(header.length));
  const [salt, iv, tag] = [take(sizes.salt), take(sizes.iv), take(sizes.tag)];
  const decipher = createDecipheriv('aes-256-gcm', keyOf(branch.key, salt), iv, {
    authTagLength: sizes.tag,
  });
  decipher.setAAD(bound(header, context));
  decipher.setAuthTag(tag);
  return mustBeWhole(() => Buffer.concat([decipher.update(rest()), decipher.final()]));
}
