import { alphabet, base32 } from './base32.ts';

/** An opaque id from 16 random (or hashed) bytes: 26 lower-case base32 characters. */
export function idOf(bytes: Uint8Array): string {
  if (bytes.length < 16) throw new RangeError('an id needs 16 bytes');
  return base32(bytes.subarray(0, 16)).toLowerCase();
}

/** The shard of an id among `shards` (at most 1024), from its first ten bits: ids are random, so shards are even. */
export function shardOf(id: string, shards: number): number {
  const [first = '', second = ''] = id.toUpperCase();
  const high = alphabet.indexOf(first);
  const low = alphabet.indexOf(second);
  if (high < 0 || low < 0) throw new RangeError('not an id');
  return (high * 32 + low) % shards;
}

/** A shard as it stands in keys: three digits. */
export function shardName(shard: number): string {
  return String(shard).padStart(3, '0');
}

/** An id as it is shown to people: groups of four, to be read out or typed. */
export const grouped = (id: string): string => id.match(/.{1,4}/g)?.join(' ') ?? '';
