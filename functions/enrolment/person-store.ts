import * as z from 'zod';
import { Lookup } from '#shared/record/lookup.ts';
import { mergedIntoOf, unlessMerged } from '#shared/record/signpost.ts';
import { namesOf } from '#shared/record/standing.ts';
import {
  childKey,
  holderPk,
  itemAt,
  lookupKey,
  personKey,
  statusKey,
} from '#shared/record/table.ts';
import { dueOf, dueOfCode } from './due.ts';
import { getMany, type ItemKey } from './get-many.ts';
import { Status } from './stored.ts';
import { Code } from './stored-code.ts';
import { TableName } from './table.ts';

const codeKey = (holder: string) => ({ pk: holderPk(holder), sk: 'CODE' });

export async function loadStatus(holder: string): Promise<Status | undefined> {
  return Status.optional().parse(unlessMerged(await itemAt(statusKey(holder))));
}

/** The same of the record that is a child's by now, whichever of its records is named: a signpost is followed (ENR-20). */
export async function followStatus(holder: string): Promise<Status | undefined> {
  const item = await itemAt(statusKey(holder));
  const into = mergedIntoOf(item);
  if (into === undefined) return Status.optional().parse(item);
  const status = await loadStatus(into);
  return status && namesOf(status).includes(holder) ? status : undefined;
}

/** Since which version of his status somebody's identity lies there; undefined where there is none. */
export async function loadPersonVersion(holder: string): Promise<number | undefined> {
  return z
    .object({ version: z.int() })
    .optional()
    .parse(await itemAt(personKey(holder)))?.version;
}

export async function loadCode(holder: string): Promise<Code | undefined> {
  return Code.optional().parse(await itemAt(codeKey(holder)));
}

/** Under which keys somebody's status and code lie. */
export const pairOf = (holder: string) => ({ status: statusKey(holder), code: codeKey(holder) });

const At = z.object({ pk: z.string(), sk: z.string() });

/** Status and code of several, in their order, by one look. */
export async function loadPairs(pairs: readonly { status: ItemKey; code: ItemKey }[]) {
  const items = await getMany(pairs.flatMap(({ status, code }) => [status, code]));
  const nameOf = ({ pk, sk }: ItemKey): string => `${pk} ${sk}`;
  const found = new Map(items.map((item) => [nameOf(At.parse(item)), item]));
  return pairs.map(({ status, code }) => ({
    status: Status.optional().parse(unlessMerged(found.get(nameOf(status)))),
    code: Code.optional().parse(found.get(nameOf(code))),
  }));
}

/** Only over the version that was read: of two racing changes the second is cancelled. */
export function statusWrite(next: Status, before: number | undefined) {
  return {
    Put: {
      TableName,
      Item: { ...statusKey(next.holder), ...next, ...dueOf(next) },
      ...onlyOver('version', before),
    },
  };
}

/** Only over the revision that was read. */
export function codeWrite(next: Code, before: number | undefined) {
  return {
    Put: {
      TableName,
      Item: { ...codeKey(next.holder), ...next, ...dueOfCode(next) },
      ...onlyOver('revision', before),
    },
  };
}

export function personWrite(person: { holder: string; sealed: Uint8Array; version: number }) {
  return { Put: { TableName, Item: { ...personKey(person.holder), ...person } } };
}

/** The parts of a transaction that take a person's identity and code away. */
export const personEnd = (holder: string) => ({ Delete: { TableName, Key: personKey(holder) } });
export const codeEnd = (holder: string) => ({ Delete: { TableName, Key: codeKey(holder) } });

/** The part of a transaction that takes a fingerprint away by which a holder was found, if it still leads to him. */
export const lookupEnd = (nirTag: string, holder: string) => ({
  Delete: {
    TableName,
    Key: lookupKey(nirTag),
    ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder',
    ExpressionAttributeValues: { ':holder': holder },
  },
});

/** The part of a transaction that takes a status away as it was read: nothing is known of the holder any more. */
export const statusEnd = (holder: string, version: number) => ({
  Delete: { TableName, Key: statusKey(holder), ...onlyOver('version', version) },
});

/** The part of a transaction that takes away by what a former guardian found a child. */
export const childEnd = (childTag: string) => ({
  Delete: { TableName, Key: childKey(childTag) },
});

/**
 * The part of a transaction that makes every code of a person void, sent or waiting, and any wish for one, whatever
 * they are by now: who writes one over what he read before is cancelled. Nothing is deleted; only a deletion may.
 */
export function codeVoid(holder: string) {
  return {
    Update: {
      TableName,
      Key: codeKey(holder),
      UpdateExpression:
        'SET #holder = :holder, #revision = if_not_exists(#revision, :none) + :one REMOVE #current, #next, requested, requestedByMinor, requestedAt, letterFor, afterBurning, requestId, duePk, dueSk',
      ExpressionAttributeNames: {
        ...{ '#holder': 'holder', '#revision': 'revision' },
        ...{ '#current': 'current', '#next': 'next' },
      },
      ExpressionAttributeValues: { ':holder': holder, ':none': 0, ':one': 1 },
    },
  };
}

/**
 * A new fingerprint (of a NIR, or of a child's place: its key) only where there was none; a changed row
 * only over the row that was read.
 */
export function lookupWrite(
  at: string | { readonly pk: string; readonly sk: string },
  next: Lookup,
  before: Lookup | undefined,
) {
  return {
    Put: {
      TableName,
      Item: { ...(typeof at === 'string' ? lookupKey(at) : at), ...next },
      ...onlyOver('rowTag', before?.rowTag),
    },
  };
}

export const FoundLookup = Lookup.extend({ pk: z.string() });

function onlyOver(attribute: string, before: string | number | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#before = :before',
    ExpressionAttributeNames: { '#before': attribute },
    ExpressionAttributeValues: { ':before': before },
  };
}
