import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { dueOf } from './due.ts';
import { Code, Status } from './stored.ts';
import { TableName } from './table.ts';

const pkOf = (holder: string): string => `H#${holder}`;
const lookupPk = (nirTag: string): string => `N#${nirTag}`;

const Lookup = z.object({ holder: z.string(), rowTag: z.string() });
export type Lookup = z.infer<typeof Lookup>;

async function get(pk: string, sk: string): Promise<unknown> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }),
  );
  return Item;
}

/** The holder of a NIR's fingerprint, if the insurance body named the person. */
export async function findByNir(nirTag: string): Promise<Lookup | undefined> {
  return Lookup.optional().parse(await get(lookupPk(nirTag), 'LOOKUP'));
}

export async function loadStatus(holder: string): Promise<Status | undefined> {
  return Status.optional().parse(await get(pkOf(holder), 'STATUS'));
}

export async function loadCode(holder: string): Promise<Code | undefined> {
  return Code.optional().parse(await get(pkOf(holder), 'CODE'));
}

/** The sealed identity of a person and the version it is bound to. */
export async function loadSealedPerson(holder: string) {
  const Sealed = z.object({ sealed: z.instanceof(Uint8Array), version: z.int() });
  return Sealed.parse(await get(pkOf(holder), 'PERSON'));
}

/** Only over the version that was read: of two racing changes the second is cancelled. */
export function statusWrite(next: Status, before: number | undefined) {
  return {
    Put: {
      TableName,
      Item: { pk: pkOf(next.holder), sk: 'STATUS', ...next, ...dueOf(next) },
      ...onlyOver('version', before),
    },
  };
}

/** Only over the revision that was read. */
export function codeWrite(next: Code, before: number | undefined) {
  return {
    Put: {
      TableName,
      Item: { pk: pkOf(next.holder), sk: 'CODE', ...next },
      ...onlyOver('revision', before),
    },
  };
}

export function personWrite(person: { holder: string; sealed: Uint8Array; version: number }) {
  return { Put: { TableName, Item: { pk: pkOf(person.holder), sk: 'PERSON', ...person } } };
}

/** A new NIR only where there was none; a changed row only over the row that was read. */
export function lookupWrite(nirTag: string, next: Lookup, before: Lookup | undefined) {
  return {
    Put: {
      TableName,
      Item: { pk: lookupPk(nirTag), sk: 'LOOKUP', ...next },
      ...onlyOver('rowTag', before?.rowTag),
    },
  };
}

/** Keys for reading many at once. */
export const lookupKey = (nirTag: string) => ({ pk: lookupPk(nirTag), sk: 'LOOKUP' });
export const statusKey = (holder: string) => ({ pk: pkOf(holder), sk: 'STATUS' });
export const FoundLookup = Lookup.extend({ pk: z.string() });

function onlyOver(attribute: string, before: string | number | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#before = :before',
    ExpressionAttributeNames: { '#before': attribute },
    ExpressionAttributeValues: { ':before': before },
  };
}
