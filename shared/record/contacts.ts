import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { env } from '../env.ts';
import { openSmall, sealSmall } from '../sealing/small.ts';

const { IDENTITY_TABLE: TableName } = env({ IDENTITY_TABLE: z.string().min(1) });

/** Addresses that the holder confirmed by a code sent to them. */
export const Contacts = z.object({
  email: z.string(),
  /** The address before the last change: told of it too, so that a stranger's change is seen. */
  formerEmail: z.string().optional(),
});
export type Contacts = z.infer<typeof Contacts>;

const Stored = z.object({ sealed: z.instanceof(Uint8Array), version: z.int() });
const keyOf = (holder: string) => ({ pk: `H#${holder}`, sk: 'CONTACTS' });

async function loadSealed(holder: string) {
  const get = new GetCommand({ TableName, Key: keyOf(holder), ConsistentRead: true });
  return Stored.optional().parse((await dynamo.send(get)).Item);
}

async function open(holder: string, { sealed, version }: z.infer<typeof Stored>) {
  return Contacts.parse(await openSmall(sealed, { holder, kind: 'contacts', version }));
}

/** The confirmed addresses of a holder, opened; undefined before an activation. */
export async function openContacts(holder: string): Promise<Contacts | undefined> {
  const stored = await loadSealed(holder);
  return stored && open(holder, stored);
}

/** The part of a transaction that takes a holder's addresses away. */
export function contactsEnd(holder: string) {
  return { Delete: { TableName, Key: keyOf(holder) } };
}

/**
 * The write that leaves only the address that was confirmed last: the one before was somebody else's (ENR-20). No write
 * where there is none before.
 */
export async function formerAddressEnd(holder: string, branch: string) {
  const stored = await loadSealed(holder);
  const contacts = stored && (await open(holder, stored));
  if (!stored || contacts?.formerEmail === undefined) return [];
  return [await replacing(stored, { holder, branch, contacts: { email: contacts.email } })];
}

/** The write that puts a confirmed address in the place of the one before, sealed under a branch. */
export async function contactsWrite(to: { holder: string; email: string; branch: string }) {
  const { holder, email, branch } = to;
  const stored = await loadSealed(holder);
  const before = stored && (await open(holder, stored));
  const former = before?.email === email ? before.formerEmail : before?.email;
  const contacts: Contacts = { email, ...(former ? { formerEmail: former } : {}) };
  return replacing(stored, { holder, branch, contacts });
}

/** Only over the version that was read. */
async function replacing(
  stored: z.infer<typeof Stored> | undefined,
  next: { holder: string; branch: string; contacts: Contacts },
) {
  const { holder, branch, contacts } = next;
  const version = (stored?.version ?? 0) + 1;
  const sealed = await sealSmall(branch, contacts, { holder, kind: 'contacts', version });
  return {
    Put: {
      TableName,
      Item: { ...keyOf(holder), sealed, version },
      ...(stored
        ? {
            ConditionExpression: 'version = :before',
            ExpressionAttributeValues: { ':before': stored.version },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
}
