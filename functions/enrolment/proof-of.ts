import type { KeyObject } from 'node:crypto';
import type { Opposed } from './schema-opposed.ts';
import type { DecidedBy } from './stored.ts';
import { proofTag } from './tags.ts';

/** The proof of an objection, as its maker or his agent gets it (ENR-40); `key` is the lookup secret. */
export function proofOf(decidedBy: DecidedBy, key: KeyObject): Opposed {
  const { reference, receivedAt, madeAt = receivedAt, channel } = decidedBy;
  const about = (decidedBy.certified ?? decidedBy.child) ? 'child' : 'self';
  const proof = { reference, receivedAt, madeAt, channel, about } as const;
  return { ...proof, status: 'opposed', seal: proofTag(key, proof) };
}
