import { cancellation } from '#shared/aws/faults.ts';
import { type Actions, transact } from '#shared/aws/transact.ts';
import { IntegrityError } from '#shared/sealing/integrity.ts';
import { openSmall, sealSmall } from '#shared/sealing/small.ts';
import { type Described, type Filed, pack, unpack } from './filed.ts';
import { contextOf, documentKey, uniqueKey } from './store.ts';
import { TableName } from './table.ts';
import { digestOf, resealContent } from './vault-move.ts';

/** A record, and the branch under which all of it is sealed. */
export interface Vault {
  readonly holder: string;
  readonly branch: string;
}

/** From which record into which; and what must still be true of them when a document is filed anew. */
export interface Way {
  readonly from: Vault;
  readonly to: Vault;
  readonly still: Actions[number];
  /** What the item says of where it came from. */
  readonly mark: Pick<Filed, 'origin'> | Pick<Filed, 'returned'>;
}

/**
 * Moves one document into another record: its content is opened, sealed under the other holder's key and bound to
 * him, read back and held against the hash that was kept; then item and producer's identifier change the record in one
 * transaction. Nobody finds a half of it. Done twice at once it has one effect; where the records have been parted or
 * merged since, none. The former content is left to `eraseVersionsOf`.
 */
export async function moveDocument(filed: Filed, way: Way): Promise<void> {
  const { from, to, still, mark } = way;
  const described = unpack(await openSmall(filed.sealed, contextOf(from.holder, filed)));
  await resealContent(filed, sizeOf(described), way);
  if ((await digestOf(to, filed)) !== described.sha256)
    throw new IntegrityError('a document that was moved is not what was kept');
  const { origin: _o, returned: _r, sealed: _s, ...clear } = filed;
  const sealed = await sealSmall(to.branch, pack(described), contextOf(to.holder, filed));
  const { document } = filed;
  const isNew = 'attribute_not_exists(pk)';
  const isThere = 'attribute_exists(pk)';
  const [item, unique] = [documentKey(to.holder, document), uniqueKey(to.holder, described.unique)];
  const moves: Actions = [
    still,
    {
      Put: { TableName, Item: { ...item, ...clear, ...mark, sealed }, ConditionExpression: isNew },
    },
    { Put: { TableName, Item: { ...unique, document }, ConditionExpression: isNew } },
    gone(documentKey(from.holder, document), isThere),
    gone(uniqueKey(from.holder, described.unique), isThere),
  ];
  await transact(moves).catch((error: unknown) => {
    // Another delivery has moved it, or it is to be where it is by now: the next look tells.
    if (!cancellation(error)?.includes('ConditionalCheckFailed')) throw error;
  });
}

const gone = (Key: { pk: string; sk: string }, ConditionExpression: string) => ({
  Delete: { TableName, Key, ConditionExpression },
});

function sizeOf({ resource }: Described): number {
  const size = resource.content[0]?.attachment.size;
  if (size === undefined) throw new Error('a document of no size');
  return size;
}
