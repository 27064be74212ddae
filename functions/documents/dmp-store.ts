import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { cancellation, isConditionFailed } from '#shared/aws/faults.ts';
import { type Actions, transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { transferFaults } from './data/transfer-faults.ts';
import { Filed } from './filed.ts';
import { dmpStates } from './rules/dmp-fate.ts';
import { filedWrites } from './store.ts';
import { pkOf, TableName } from './table.ts';

const instant = z.iso.datetime({ precision: 3 });

/** How far the DMP of a record has come: ids, counts and instants only. */
export const Dmp = z.object({
  /** Of this package: of a transfer and the version of its manifest. */
  name: z.string(),
  transfer: z.string(),
  state: z.enum(dmpStates),
  /** Counts the changes of state; each change is made over the one that was read. */
  revision: z.int(),
  /** Documents that were taken in so far, and how many there are. */
  taken: z.int(),
  of: z.int(),
  /** Of the lists, hexadecimal. */
  hash: z.string(),
  /** Of the documents' ids and hashes: what was taken in is compared with it before it moves, and after. */
  digest: z.string(),
  /** How many the holder and who acts for him may know of. */
  visible: z.int(),
  /** Under which name the manifest lies in the vault, sealed: all that is no document is in it. */
  rest: z.string(),
  /** Of the record's life it came in. */
  receivedAt: instant,
  completeAt: instant.optional(),
  movedAt: instant.optional(),
  archivedAt: instant.optional(),
  fault: z.enum(transferFaults).optional(),
  faultAt: z.int().optional(),
});
export type Dmp = z.infer<typeof Dmp>;

const dmpKey = (holder: string) => ({ pk: pkOf(holder), sk: 'DMP' });
const heldKey = (holder: string, document: string) => ({
  pk: pkOf(holder),
  sk: `HELD#${document}`,
});
const deletionsInFlight = 8;

/** The DMP of a record, consistent; undefined where there is none. */
export async function loadDmp(holder: string): Promise<Dmp | undefined> {
  const get = new GetCommand({ TableName, Key: dmpKey(holder), ConsistentRead: true });
  return Dmp.optional().parse((await dynamo.send(get)).Item);
}

/** Writes the DMP over the revision that was read; false where somebody else wrote meanwhile. */
export async function saveDmp(holder: string, next: Dmp, before?: Dmp): Promise<boolean> {
  const { Put } = dmpWrite(holder, next, before);
  try {
    await dynamo.send(new PutCommand(Put));
    return true;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return false;
  }
}

/** The part of a transaction that does the same. */
export function dmpWrite(holder: string, next: Dmp, before?: Dmp) {
  const Item = { ...dmpKey(holder), ...next };
  if (!before) return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: '#name = :name AND revision = :revision AND taken = :taken',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: {
        ':name': before.name,
        ':revision': before.revision,
        ':taken': before.taken,
      },
    },
  };
}

/** A document of a DMP that is not current yet: filed, but under a key that no reader of documents knows. */
export const Held = Filed.extend({
  /** Of which package. */
  dmp: z.string(),
  /** The key under which a repetition of it is found once it is current. */
  unique: z.string(),
});
export type Held = z.infer<typeof Held>;

/** The part of a transaction that holds a document: the same again writes the same. */
export const heldWrite = ({ holder }: AccessGrant, held: Held) => ({
  Put: { TableName, Item: { ...heldKey(holder, held.document), ...held } },
});

/** The parts of a transaction that make a held document current; sealed as it was, under the same name. */
export function currentWrites(grant: AccessGrant, held: Held): Actions {
  grant.allows('deposit');
  const { holder } = grant;
  const { unique, ...filed } = held;
  const Held = { TableName, Key: heldKey(holder, held.document) };
  return [
    { Delete: { ...Held, ConditionExpression: 'attribute_exists(pk)' } },
    ...filedWrites(holder, { filed, unique }),
  ];
}

/** The held documents of a record, at most `most`. */
export async function listHeld(holder: string, most = Number.POSITIVE_INFINITY): Promise<Held[]> {
  const found: Held[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pkOf(holder), ':sk': 'HELD#' },
        ConsistentRead: true,
        ...(Number.isFinite(most) ? { Limit: most } : {}),
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    found.push(...z.array(Held).parse(Items));
    if (!LastEvaluatedKey || found.length >= most) return found;
    from = LastEvaluatedKey;
  }
}

/** The part of a transaction that takes a document away while it is held of that package, and of no later one. */
const drop = (holder: string, { document, dmp }: Held) => ({
  TableName,
  Key: heldKey(holder, document),
  ConditionExpression: 'dmp = :dmp',
  ExpressionAttributeValues: { ':dmp': dmp },
});

/** Takes away what is held of a package. The contents stay sealed in the vault, and nobody finds them. */
export async function dropHeld(holder: string, name: string): Promise<void> {
  const own = (await listHeld(holder)).filter(({ dmp }) => dmp === name);
  await inLanes(own, deletionsInFlight, async (held) => {
    try {
      await dynamo.send(new DeleteCommand(drop(holder, held)));
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
    }
  });
}

/**
 * Takes away what is held of all packages but one, while that one is the record's; throws the cancellation once it is
 * not, since what lies there then is its successor's.
 */
export async function dropOthers(holder: string, { name }: Dmp): Promise<void> {
  const others = (await listHeld(holder)).filter(({ dmp }) => dmp !== name);
  await inLanes(others, deletionsInFlight, async (held) => {
    const isCurrent = {
      TableName,
      Key: dmpKey(holder),
      ConditionExpression: '#name = :name',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':name': name },
    };
    await transact([{ ConditionCheck: isCurrent }, { Delete: drop(holder, held) }]).catch(
      (error: unknown) => {
        // Gone by another delivery of the same package: that is all that was to be done.
        const [current, dropped] = cancellation(error) ?? [];
        if (current !== 'None' || dropped !== 'ConditionalCheckFailed') throw error;
      },
    );
  });
}
