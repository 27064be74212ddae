import { BranchKeyStoreNode } from '@aws-crypto/branch-keystore-node';
import * as z from 'zod';
import { dynamoClient } from '../aws/dynamo.ts';
import { kms } from '../aws/kms.ts';
import { env } from '../env.ts';

/** A function names only the KMS keys that its rights reach. */
const { KEYS_TABLE, IDENTITY_KEY, HOLDER_KEY } = env({
  KEYS_TABLE: z.string().min(1),
  IDENTITY_KEY: z.string().min(1).optional(),
  HOLDER_KEY: z.string().min(1).optional(),
});

/** The name is authenticated with every key: it can never change. */
export const logicalKeyStoreName = 'mes-keys';
export const storage = { ddbTableName: KEYS_TABLE, ddbClient: dynamoClient };
export const keyManagement = { kmsClient: kms };

function storeUnder(identifier: string | undefined): BranchKeyStoreNode | undefined {
  if (identifier === undefined) return undefined;
  const kmsConfiguration = { identifier };
  return new BranchKeyStoreNode({ logicalKeyStoreName, storage, kmsConfiguration, keyManagement });
}

/** One store a KMS key; which one is said by what the id of a branch begins with. */
const stores = {
  enrolment: storeUnder(IDENTITY_KEY),
  holder: storeUnder(HOLDER_KEY),
};

/** ARN of the KMS key over the branches of holders. Throws in a function that has no right to it. */
export function holderKey(): string {
  if (HOLDER_KEY === undefined) throw new Error('this function has no KMS key for holders');
  return HOLDER_KEY;
}

/** The key store that holds a branch: `enrolment-…` under the identity key, `holder-…` under the holders' key. */
export function storeOf(branch: string): BranchKeyStoreNode {
  const kind = branch.startsWith('holder-') ? 'holder' : 'enrolment';
  const store = stores[kind];
  if (!store) throw new Error(`this function has no KMS key for branches of ${kind}`);
  return store;
}
