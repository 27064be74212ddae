import type { KeyObject } from 'node:crypto';
import { fingerprint } from '#shared/sealing/secrets.ts';
import type { Opposed } from './schema-opposed.ts';

/** Keyed fingerprints, each of its own kind, so that none can stand for another. */
export const rowTag = (key: KeyObject, row: readonly string[]): string =>
  fingerprint(key, 'row', ...row);
/** Of a whole file, of which the digest is given: a short one could be guessed by it. */
export const fileTag = (key: KeyObject, digest: string): string => fingerprint(key, 'file', digest);
export const cardTag = (key: KeyObject, holder: string, serial: string): string =>
  fingerprint(key, 'card', holder, serial);
export const birthTag = (key: KeyObject, holder: string, day: string): string =>
  fingerprint(key, 'birth', holder, day);
/** By what a child is found: his guardian's NIR, his birth date, and which of several born that day (ENR-22). */
export const childTag = (
  key: KeyObject,
  of: { guardianNir: string; birthDate: string; rank: number },
): string => fingerprint(key, 'child', of.guardianNir, of.birthDate, String(of.rank));
export const networkTag = (key: KeyObject, prefix: string): string =>
  fingerprint(key, 'network', prefix);
export const idempotencyTag = (key: KeyObject, given: string): string =>
  fingerprint(key, 'idempotency', given);
export const agentTag = (key: KeyObject, subject: string): string =>
  fingerprint(key, 'agent', subject);
/** The seal of a proof: over all that its sheet says (ENR-40). */
export const proofTag = (key: KeyObject, proof: Omit<Opposed, 'seal' | 'status'>): string => {
  const { reference, receivedAt, madeAt, channel, about } = proof;
  return fingerprint(key, 'opposition-proof', reference, receivedAt, madeAt, channel, about);
};
