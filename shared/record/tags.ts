import type { KeyObject } from 'node:crypto';
import { idOf } from '../kernel/ids.ts';
import { fingerprint } from '../sealing/secrets.ts';

/** Keyed fingerprint of a NIR: people are found by it, and nobody is known from it. */
export const nirTag = (key: KeyObject, nir: string): string => fingerprint(key, 'nir', nir);

/** Keyed fingerprint of an account: the issuer's kind and its name for the person. */
export const linkTag = (key: KeyObject, kind: string, subject: string): string =>
  fingerprint(key, 'subject', kind, subject);

/** In the place of an account where a record has none, a child's: no account has this fingerprint. */
export const noAccountTag = (key: KeyObject, holder: string): string =>
  fingerprint(key, 'no account', holder);

/** A stable holder who does not exist, for a NIR that nobody has: what follows costs the same for him. */
export const inventedHolder = (key: KeyObject, tag: string): string =>
  idOf(Buffer.from(nirTag(key, `nobody ${tag}`), 'base64url'));
