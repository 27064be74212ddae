import * as z from 'zod';
import { itemAt, statusKey, TableName } from './table.ts';

/**
 * What stands in the place of the status of a record that was merged into another (ENR-20): where it leads. It is no
 * status, so whoever reads that of the record finds nobody, and nothing can be done on it.
 */
export const Signpost = z.object({
  holder: z.string(),
  /** The record that is this person's. */
  mergedInto: z.string(),
  /** Id of the journal line. */
  reference: z.string(),
  mergedAt: z.iso.datetime({ precision: 3 }),
  /** How often the record was deleted before it was merged: its contents lie under a key of that life. */
  life: z.int().optional(),
});
export type Signpost = z.infer<typeof Signpost>;

const isSignpost = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'mergedInto' in item;

/** An item of a status, or nothing where it is a signpost. */
export const unlessMerged = (item: unknown): unknown => (isSignpost(item) ? undefined : item);

/** Where an item of a status leads to, if it is a signpost. */
export const mergedIntoOf = (item: unknown): string | undefined =>
  isSignpost(item) ? Signpost.parse(item).mergedInto : undefined;

/** Where a record leads that was merged into another (consistent); undefined for any other. */
export async function loadSignpost(holder: string): Promise<Signpost | undefined> {
  const item = await itemAt(statusKey(holder));
  return isSignpost(item) ? Signpost.parse(item) : undefined;
}

/** The part of a transaction that goes through only while a record leads elsewhere by this very merge. */
export const isMergedCheck = (holder: string, reference: string) =>
  check(holder, { reference, path: '#reference', names: {} });

/** The part of a transaction that goes through only while a record was not merged into another. */
export const isUnmergedCheck = (holder: string) => ({
  ConditionCheck: {
    TableName,
    Key: statusKey(holder),
    ConditionExpression: 'attribute_not_exists(mergedInto)',
  },
});

/** The part of a transaction that goes through only while a record is one of its own by this very parting. */
export const isPartedCheck = (holder: string, reference: string) =>
  check(holder, { reference, path: '#parted.#reference', names: { '#parted': 'partedFrom' } });

function check(
  holder: string,
  by: { reference: string; path: string; names: Readonly<Record<string, string>> },
) {
  return {
    ConditionCheck: {
      TableName,
      Key: statusKey(holder),
      ConditionExpression: `${by.path} = :reference`,
      ExpressionAttributeNames: { ...by.names, '#reference': 'reference' },
      ExpressionAttributeValues: { ':reference': by.reference },
    },
  };
}
