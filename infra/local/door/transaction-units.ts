import * as z from 'zod';
import { kilobytes } from './item-size.ts';

const Keys = z
  .array(z.object({ AttributeName: z.string() }))
  .transform((keys) => keys.map(({ AttributeName }) => AttributeName));

/** A table as DescribeTable tells it: its key, and what its indexes show. */
export const Shape = z
  .object({
    Table: z.object({
      KeySchema: Keys,
      GlobalSecondaryIndexes: z
        .array(
          z.object({
            KeySchema: Keys,
            Projection: z.object({
              ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
              NonKeyAttributes: z.array(z.string()).default([]),
            }),
          }),
        )
        .default([]),
    }),
  })
  .transform(({ Table }) => ({ keys: Table.KeySchema, indexes: Table.GlobalSecondaryIndexes }));
export type Shape = z.infer<typeof Shape>;

export type StoredItem = Readonly<Record<string, unknown>>;

/** What one action of a transaction found and left. */
export interface Change {
  readonly shape: Shape;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
}

/**
 * Write units of a transaction that was applied: two a kilobyte of each item, the larger of before and
 * after, and two a kilobyte of each index entry touched (AWS does not say whether an index costs one or
 * two in a transaction; two is the upper bound).
 */
export function transactionUnits(changes: readonly Change[]): number {
  return changes.reduce((sum, { shape, before, after }) => {
    const item = Math.max(kilobytes(before), kilobytes(after));
    const indexes = shape.indexes.map((index) => entryUnits(shape, index, { before, after }));
    return sum + 2 * indexes.reduce((all, one) => all + one, item);
  }, 0);
}

type Index = Shape['indexes'][number];

function entryUnits(shape: Shape, index: Index, change: Pick<Change, 'before' | 'after'>): number {
  const before = entryOf(shape, index, change.before);
  const after = entryOf(shape, index, change.after);
  if (before === undefined || after === undefined)
    return before || after ? kilobytes(before ?? after) : 0;
  const moves = index.KeySchema.some((key) => text(before[key]) !== text(after[key]));
  if (moves) return kilobytes(before) + kilobytes(after);
  return text(before) === text(after) ? 0 : Math.max(kilobytes(before), kilobytes(after));
}

const text = (value: unknown): string => JSON.stringify(value);

/** What an index shows of an item; nothing when the item lacks one of its keys. */
function entryOf(shape: Shape, index: Index, item: StoredItem | undefined): StoredItem | undefined {
  if (item === undefined || index.KeySchema.some((key) => !(key in item))) return undefined;
  const { ProjectionType, NonKeyAttributes } = index.Projection;
  if (ProjectionType === 'ALL') return item;
  const shown = [...new Set([...index.KeySchema, ...shape.keys, ...NonKeyAttributes])].sort();
  return Object.fromEntries(shown.flatMap((name) => (name in item ? [[name, item[name]]] : [])));
}
