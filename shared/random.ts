import { hash, randomBytes } from 'node:crypto';
import { idOf } from './kernel/ids.ts';

/** A new opaque id: 128 random bits. */
export function newId(): string {
  return idOf(randomBytes(16));
}

/** An opaque id that the same parts always give. Only for parts that identify nobody: it is not keyed. */
export function idFrom(...parts: readonly string[]): string {
  return idOf(hash('sha256', JSON.stringify(parts), 'buffer'));
}
