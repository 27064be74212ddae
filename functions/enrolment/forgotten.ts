import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { type Actions, transact } from '#shared/aws/transact.ts';
import { attachedEnd } from '#shared/record/attached.ts';
import { contactsEnd } from '#shared/record/contacts.ts';
import { findLink, unlinkWrite } from '#shared/record/link.ts';
import { findByGuardian } from '#shared/record/lookup.ts';
import { holderPk, statusKey } from '#shared/record/table.ts';
import { findMerged } from './merged-store.ts';
import { childEnd } from './person-store.ts';
import { placesOf } from './rules/child-places.ts';
import type { ChildFacts } from './stored-child.ts';
import { TableName } from './table.ts';

const Keys = z.array(z.object({ pk: z.string(), sk: z.string() }));

/**
 * Takes away all that lies under a name of a record whose trace has ended (ENR-47): hints to children, what networks
 * tried on it, whatever there is, but what stands in the place of its status, by which it is known until the end.
 */
export async function itemsEnd(name: string): Promise<void> {
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ProjectionExpression: 'pk, sk',
        ExpressionAttributeValues: { ':pk': holderPk(name) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const Key of Keys.parse(Items))
      if (Key.sk !== statusKey(name).sk) await dynamo.send(new DeleteCommand({ TableName, Key }));
    if (!LastEvaluatedKey) return;
    from = LastEvaluatedKey;
  }
}

/**
 * Takes the signpost of a record away that was merged into a forgotten one (ENR-20), with what leads to it: its
 * account, and its place as somebody's child. Done again it changes nothing.
 */
export async function signpostEnd(name: string, holder: string): Promise<void> {
  const merged = await findMerged(name);
  if (!merged) return;
  const { before } = merged;
  await transact([
    { Delete: { TableName, Key: statusKey(name) } },
    contactsEnd(name),
    ...('linkTag' in before && before.linkTag !== undefined
      ? await unlinked(before.linkTag, name)
      : []),
    ...(before.child ? await placesEnd(before.child, [name, holder]) : []),
  ]);
}

async function unlinked(account: string, name: string): Promise<Actions> {
  const link = await findLink(account, { consistent: true });
  return link?.holder === name ? [unlinkWrite(account, name)] : [];
}

/**
 * The parts of a transaction that take away by what a child was found, as far as it still leads to one of these names,
 * and by what he is known as his guardian's.
 */
export async function placesEnd(child: ChildFacts, names: readonly string[]): Promise<Actions> {
  const places = await Promise.all(
    placesOf(child).map(async (tag) => ({ tag, found: await findByGuardian(tag) })),
  );
  return [
    ...places.flatMap(({ tag, found }) =>
      found && names.includes(found.holder) ? [childEnd(tag)] : [],
    ),
    ...names.map((name) => attachedEnd({ guardian: child.attachedTo, child: name })),
  ];
}
