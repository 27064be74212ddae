import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { Actions } from '#shared/aws/transact.ts';
import { openSmall, sealSmall } from '#shared/sealing/small.ts';
import { type Described, Filed, pack, unpack } from './filed.ts';
import { pkOf, TableName } from './table.ts';

export const documentKey = (holder: string, document: string) => ({
  pk: pkOf(holder),
  sk: `DOC#${document}`,
});
export const uniqueKey = (holder: string, unique: string) => ({
  pk: pkOf(holder),
  sk: `UID#${unique}`,
});
/** What is bound to the seal of what describes a document. */
export const contextOf = (
  holder: string,
  { document, version }: { document: string; version: number },
) => ({
  holder,
  kind: `document ${document}`,
  version,
});

/** A document of the record as filed, consistent; undefined for one that is not there or another's. */
export async function loadDocument(
  { holder }: AccessGrant,
  document: string,
): Promise<Filed | undefined> {
  const get = new GetCommand({
    TableName,
    Key: documentKey(holder, document),
    ConsistentRead: true,
  });
  return Filed.optional().parse((await dynamo.send(get)).Item);
}

/** What describes a filed document, opened. Throws an `IntegrityError` when it was changed or swapped. */
export async function openDocument({ holder }: AccessGrant, filed: Filed): Promise<Described> {
  return unpack(await openSmall(filed.sealed, contextOf(holder, filed)));
}

/** All documents of the record as filed, by their id. */
export const listDocuments = ({ holder }: AccessGrant): Promise<Filed[]> => listFiled(holder);

/** The same, for what is done with a record for no reader: nothing of it is opened. */
export async function listFiled(holder: string): Promise<Filed[]> {
  const found: Filed[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pkOf(holder), ':sk': 'DOC#' },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    found.push(...z.array(Filed).parse(Items));
    if (!LastEvaluatedKey) return found;
    from = LastEvaluatedKey;
  }
}

const Unique = z.object({ document: z.string() });

/**
 * The document that a producer deposited under an identifier before, consistent; also under the name of a record that
 * was merged into this one, whether it has followed by now or is on its way.
 */
export async function findUnique(
  { holder, names }: AccessGrant,
  uniqueOf: (name: string) => string,
): Promise<string | undefined> {
  const own = await documentAt(holder, uniqueOf(holder));
  if (own !== undefined) return own;
  for (const name of names.filter((one) => one !== holder)) {
    // In the order in which it moves, so that it is not missed between two looks.
    const unique = uniqueOf(name);
    const found = (await documentAt(name, unique)) ?? (await documentAt(holder, unique));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function documentAt(holder: string, unique: string): Promise<string | undefined> {
  const get = new GetCommand({ TableName, Key: uniqueKey(holder, unique), ConsistentRead: true });
  return Unique.optional().parse((await dynamo.send(get)).Item)?.document;
}

export type Filing = Omit<Filed, 'sealed'> & { readonly described: Described };

/**
 * The writes that file a new document: what describes it, sealed, and the producer's identifier, which
 * is taken once. The holder's branch key must be there.
 */
export async function documentWrites(grant: AccessGrant, filing: Filing): Promise<Actions> {
  grant.allows('deposit');
  const { holder, branch } = grant;
  const { described, ...clear } = filing;
  const sealed = await sealSmall(branch, pack(described), contextOf(holder, filing));
  return filedWrites(holder, { filed: { ...clear, sealed }, unique: described.unique });
}

/** The writes that file what is sealed already, under an identifier that is taken once. */
export function filedWrites(
  holder: string,
  { filed, unique }: { readonly filed: Filed; readonly unique: string },
): Actions {
  const ConditionExpression = 'attribute_not_exists(pk)';
  const { document } = filed;
  return [
    {
      Put: {
        TableName,
        Item: { ...documentKey(holder, document), ...filed },
        ConditionExpression,
      },
    },
    { Put: { TableName, Item: { ...uniqueKey(holder, unique), document }, ConditionExpression } },
  ];
}
