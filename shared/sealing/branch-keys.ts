import { createSecretKey } from 'node:crypto';
import { BranchKeyStoreNode } from '@aws-crypto/branch-keystore-node';
import * as z from 'zod';
import { dynamoClient } from '../aws/dynamo.ts';
import { cancellation } from '../aws/faults.ts';
import { kms } from '../aws/kms.ts';
import { env } from '../env.ts';
import type { BranchKey } from './envelope.ts';

const { KEYS_TABLE, IDENTITY_KEY } = env({
  KEYS_TABLE: z.string().min(1),
  IDENTITY_KEY: z.string().min(1),
});

/** The name is authenticated with every key: it can never change. */
const store = new BranchKeyStoreNode({
  logicalKeyStoreName: 'mes-keys',
  storage: { ddbTableName: KEYS_TABLE, ddbClient: dynamoClient },
  kmsConfiguration: { identifier: IDENTITY_KEY },
  keyManagement: { kmsClient: kms },
});

/** A destroyed key still opens from a warm cache for this long; erasure certificates wait for it. */
const keptMs = 5 * 60_000;
const kept = new Map<string, { until: number; key: Promise<BranchKey> }>();

function cached(name: string, load: () => Promise<BranchKey>): Promise<BranchKey> {
  // Real elapsed time: a moved clock must neither keep a key too long nor drop it too soon.
  const now = performance.now();
  const found = kept.get(name);
  if (found && found.until > now) return found.key;
  const key = load();
  kept.set(name, { until: now + keptMs, key });
  key.catch(() => kept.delete(name));
  return key;
}

type Material = Awaited<ReturnType<typeof store.getActiveBranchKey>>;

function keyOf(material: Material): BranchKey {
  const bytes = Buffer.from(material.branchKey());
  const key = {
    id: material.branchKeyIdentifier,
    version: material.branchKeyVersion.toString('utf8'),
    key: createSecretKey(bytes),
  };
  bytes.fill(0);
  return key;
}

/** The key under which a branch seals now. Throws when the branch has none. */
export function activeKey(id: string): Promise<BranchKey> {
  return cached(id, async () => keyOf(await store.getActiveBranchKey(id)));
}

/** The key of a branch that sealed an older envelope. */
export function keyAt({ id, version }: { id: string; version: string }): Promise<BranchKey> {
  return cached(`${id} ${version}`, async () =>
    keyOf(await store.getBranchKeyVersion(id, version)),
  );
}

/** The active key of a branch, made when there is none yet; of two makers one wins and both use his. */
export function activeKeyMade(id: string, purpose: string): Promise<BranchKey> {
  return cached(id, async () => {
    const found = await store.getActiveBranchKey(id).catch(missing);
    if (found) return keyOf(found);
    await store
      .createKey({ branchKeyIdentifier: id, encryptionContext: { purpose } })
      .catch((error: unknown) => {
        if (!cancellation(error)?.includes('ConditionalCheckFailed')) throw error;
      });
    return keyOf(await store.getActiveBranchKey(id));
  });
}

// The key store tells an absent key only by the words of its message.
function missing(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('was not found')) return undefined;
  throw error;
}
