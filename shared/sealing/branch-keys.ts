import { createSecretKey } from 'node:crypto';
import type { BranchKeyStoreNode } from '@aws-crypto/branch-keystore-node';
import { cancellation, isPassing } from '../aws/faults.ts';
import { keptMs } from '../kernel/kept-ms.ts';
import type { BranchKey } from './envelope.ts';
import { IntegrityError } from './integrity.ts';
import { storeOf } from './key-stores.ts';

/** Holders whose keys one environment keeps at once. */
const mostKept = 1000;

/** The key as the key store gave it: the Encryption SDK's keyring takes no other. */
export type Material = Awaited<ReturnType<BranchKeyStoreNode['getActiveBranchKey']>>;

interface KeptKey extends BranchKey {
  readonly material: Material;
}
const kept = new Map<string, { until: number; key: Promise<KeptKey> }>();

function cached(name: string, load: () => Promise<KeptKey>): Promise<KeptKey> {
  // Real elapsed time: a moved clock must neither keep a key too long nor drop it too soon.
  const now = performance.now();
  const found = kept.get(name);
  if (found && found.until > now) return found.key;
  const key = load();
  keep(name, key, now);
  key.catch(() => kept.delete(name));
  return key;
}

/** Forgets all keys that this environment keeps, as a new one would start. */
export function forgetKeys(): void {
  kept.clear();
}

/** Drops what is over first, so that a key does not outlive its time for want of a reader. */
function keep(name: string, key: Promise<KeptKey>, now: number): void {
  for (const [other, { until }] of kept) if (until <= now) kept.delete(other);
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.delete(name);
  kept.set(name, { until: now + keptMs, key });
}

function keyOf(material: Material): KeptKey {
  return {
    id: material.branchKeyIdentifier,
    version: material.branchKeyVersion.toString('utf8'),
    key: createSecretKey(material.branchKey()),
    material,
  };
}

const versioned = ({ id, version }: { id: string; version: string }) => `${id} ${version}`;

/** What was just sealed is often read next: the active key is kept under its version, too. */
async function activeOf(material: Material): Promise<KeptKey> {
  const key = keyOf(material);
  keep(versioned(key), Promise.resolve(key), performance.now());
  return key;
}

/** The key under which a branch seals now. Throws when the branch has none. */
export function activeKey(id: string): Promise<KeptKey> {
  return cached(id, async () => activeOf(await storeOf(id).getActiveBranchKey(id)));
}

/** The key of a branch that sealed an older envelope; an `IntegrityError` when there is none such. */
export function keyAt({ id, version }: { id: string; version: string }): Promise<KeptKey> {
  return cached(versioned({ id, version }), async () => {
    const store = storeOf(id);
    return keyOf(await store.getBranchKeyVersion(id, version).catch(untrue));
  });
}

/** The active key of a branch, made when there is none yet; of two makers one wins and both use his. */
export function activeKeyMade(id: string, purpose: string): Promise<KeptKey> {
  return cached(id, async () => {
    const store = storeOf(id);
    const found = await store.getActiveBranchKey(id).catch(missing);
    if (found) return activeOf(found);
    await store
      .createKey({ branchKeyIdentifier: id, encryptionContext: { purpose } })
      .catch((error: unknown) => {
        if (!cancellation(error)?.includes('ConditionalCheckFailed')) throw error;
      });
    return activeOf(await store.getActiveBranchKey(id));
  });
}

// The key store tells an absent key only by the words of its message.
function missing(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('was not found')) return undefined;
  throw error;
}

/** KMS's words for a wrapped key that was changed or belongs to another branch. */
const changed = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

// An absent or changed key is no matter of the moment; what AWS could not do now is left as it is.
function untrue(error: unknown): never {
  if (!(error instanceof Error) || isPassing(error)) throw error;
  const isOfStore = error.name === 'Error' && !('$metadata' in error);
  if (isOfStore || changed.has(error.name))
    throw new IntegrityError('no such key opens what was sealed');
  throw error;
}
