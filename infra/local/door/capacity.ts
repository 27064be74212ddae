import * as z from 'zod';

/** Capacity units of one call, as on-demand tables are billed. */
export interface Units {
  readonly write: number;
  readonly read: number;
}

export const noUnits: Units = { write: 0, read: 0 };

const Consumed = z.looseObject({ CapacityUnits: z.number() });
const Found = z.record(z.string(), z.array(z.unknown()));
const Keyed = z.record(z.string(), z.looseObject({ Keys: z.array(z.unknown()) }));
const Answer = z.looseObject({
  Responses: Found.optional().catch(undefined),
  UnprocessedKeys: Keyed.optional().catch(undefined),
  ConsumedCapacity: z
    .union([Consumed, z.array(Consumed)])
    .transform((value) => [value].flat())
    .optional(),
});
const Asked = z.looseObject({
  ConsistentRead: z.boolean().optional(),
  Item: z.unknown().optional(),
  RequestItems: Keyed.optional().catch(undefined),
  TransactItems: z
    .array(z.record(z.string(), z.looseObject({ Item: z.unknown().optional() })))
    .optional(),
});

const writes = /^(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems)$/;
const reads = /^(GetItem|Query|Scan|BatchGetItem|TransactGetItems)$/;

/**
 * Units of a DynamoDB call. DynamoDB Local (asked with ReturnConsumedCapacity INDEXES) knows the sizes
 * before and after and which indexes an update touches, so its report is the basis. Corrected:
 * - a transaction costs two units a KB and item: some releases report one, then the sum is doubled;
 *   3.3.1 doubles index writes as well, which is kept as the upper bound;
 * - a failed condition is billed on AWS but not reported: one unit a KB of what was asked to be
 *   written, two in a cancelled transaction;
 * - a condition check in a transaction costs two as well, and is not reported: its item's size is not
 *   known here, so one kilobyte is taken;
 * - a read that finds nothing costs half a unit (one when consistent), not zero; in a batch each key.
 */
export function unitsOf(
  operation: string,
  input: unknown,
  answer: { status: number; error: string; body: unknown },
): Units {
  const asked = Asked.safeParse(input).data ?? {};
  if (answer.status >= 300) return refusedUnits(asked, answer.error);
  const told = Answer.safeParse(answer.body).data ?? {};
  const reported = (told.ConsumedCapacity ?? []).reduce((sum, one) => sum + one.CapacityUnits, 0);
  if (writes.test(operation)) {
    const parts = asked.TransactItems ?? [];
    const checks = parts.filter((part) => 'ConditionCheck' in part).length;
    const isSingle = reported < 2 * (parts.length - checks);
    return { write: (isSingle ? 2 * reported : reported) + 2 * checks, read: 0 };
  }
  if (!reads.test(operation)) return noUnits;
  if (operation === 'BatchGetItem') return { write: 0, read: reported + unfoundUnits(asked, told) };
  return { write: 0, read: Math.max(reported, asked.ConsistentRead === true ? 1 : 0.5) };
}

/** What the keys of a batch cost under which nothing was found. */
function unfoundUnits(asked: z.infer<typeof Asked>, told: z.infer<typeof Answer>): number {
  return Object.entries(asked.RequestItems ?? {}).reduce((sum, [table, { Keys, ...how }]) => {
    const left = told.UnprocessedKeys?.[table]?.Keys.length ?? 0;
    const unfound = Keys.length - left - (told.Responses?.[table]?.length ?? 0);
    return sum + unfound * (how.ConsistentRead === true ? 1 : 0.5);
  }, 0);
}

function refusedUnits(asked: z.infer<typeof Asked>, error: string): Units {
  if (error === 'ConditionalCheckFailedException') return { write: kilobytes(asked.Item), read: 0 };
  if (error !== 'TransactionCanceledException') return noUnits;
  const parts = (asked.TransactItems ?? []).flatMap((item) => Object.values(item));
  return { write: parts.reduce((sum, part) => sum + 2 * kilobytes(part.Item), 0), read: 0 };
}

/** Whole kilobytes of an item, at least one: names and values in UTF-8, binaries decoded, numbers at two digits a byte. */
export function kilobytes(item: unknown): number {
  if (typeof item !== 'object' || item === null) return 1;
  const bytes = Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
  return Math.max(1, Math.ceil(bytes / 1024));
}

function valueBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const [entry] = Object.entries(value);
  if (entry === undefined) return 0;
  const [type, inner] = entry;
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(inner));
    case 'N':
      return Math.ceil(String(inner).replace(/[-.]/g, '').length / 2) + 1;
    case 'B':
      return Buffer.from(String(inner), 'base64').length;
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'L':
      return (
        3 +
        (Array.isArray(inner) ? inner : []).reduce(
          (sum: number, one: unknown) => sum + 1 + valueBytes(one),
          0,
        )
      );
    case 'M':
      return (
        3 +
        Object.entries(Object(inner)).reduce(
          (sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + valueBytes(one),
          0,
        )
      );
    default:
      return (Array.isArray(inner) ? inner : []).reduce(
        (sum: number, one: unknown) => sum + valueBytes({ [type.slice(0, 1)]: one }),
        0,
      );
  }
}
