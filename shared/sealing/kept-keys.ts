import { BranchKeyStoreNode } from '@aws-crypto/branch-keystore-node';
import { KmsHierarchicalKeyRingNode } from '@aws-crypto/client-node';
import { activeKey, keyAt, type Material } from './branch-keys.ts';
import { holderKey, keyManagement, logicalKeyStoreName, storage } from './key-stores.ts';

type Ring = ConstructorParameters<typeof KmsHierarchicalKeyRingNode>[0];
type Cache = NonNullable<Ring['cache']>;

/**
 * The keyring's own cache wipes a key that it replaces, also under the hands of one who seals with it
 * at that moment; ours wipes nothing, and is shared with small items.
 */
const noCache: Cache = {
  putEncryptionMaterial: () => undefined,
  putDecryptionMaterial: () => undefined,
  putBranchKeyMaterial: () => undefined,
  getEncryptionMaterial: () => false,
  getDecryptionMaterial: () => false,
  getBranchKeyMaterial: () => false,
  del: () => undefined,
};

/** The keyring tells why a key could not be had only as text; here the reason itself is kept. */
const reasons = new WeakMap<BranchKeyStoreNode, unknown>();

/** The key store as the keyring asks for it, answering from the keys that this environment keeps. */
class KeptKeys extends BranchKeyStoreNode {
  override async getActiveBranchKey(branch: string): Promise<Material> {
    return (await activeKey(branch)).material;
  }

  override async getBranchKeyVersion(id: string, version: string): Promise<Material> {
    try {
      return (await keyAt({ id, version })).material;
    } catch (error) {
      reasons.set(this, error);
      throw error;
    }
  }
}

export interface BranchKeyring {
  readonly keyring: KmsHierarchicalKeyRingNode;
  /** Why a key could not be had, when that is what failed. */
  readonly reason: () => unknown;
}

/** A keyring that wraps and unwraps data keys under one branch only, whatever a message says of itself. */
export function keyringOf(branchKeyId: string): BranchKeyring {
  const keyStore = new KeptKeys({
    logicalKeyStoreName,
    storage,
    keyManagement,
    kmsConfiguration: { identifier: holderKey() },
  });
  const keyring = new KmsHierarchicalKeyRingNode({
    branchKeyId,
    keyStore,
    cacheLimitTtl: 0,
    cache: noCache,
    utf8Sorting: true,
  });
  return { keyring, reason: () => reasons.get(keyStore) };
}
