import * as z from 'zod';
import { kilobytes } from './item-size.ts';

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
 * - of the parts of a transaction that cost the same it reports one: here a transaction is estimated at
 *   two units a KB of what was sent, without indexes; `weighed` tells it exactly;
 * - a failed condition is billed on AWS but not reported: one unit a KB of what was asked to be
 *   written, two in a cancelled transaction;
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
  if (operation === 'TransactWriteItems')
    return { write: Math.max(reported, sentUnits(asked)), read: 0 };
  if (writes.test(operation)) return { write: reported, read: 0 };
  if (!reads.test(operation)) return noUnits;
  if (operation === 'BatchGetItem') return { write: 0, read: reported + unfoundUnits(asked, told) };
  return { write: 0, read: Math.max(reported, asked.ConsistentRead === true ? 1 : 0.5) };
}

/** A transaction by what was sent: two units a KB of each item put, two for each other part. */
function sentUnits({ TransactItems = [] }: z.infer<typeof Asked>): number {
  const parts = TransactItems.flatMap((item) => Object.values(item));
  return parts.reduce((sum, part) => sum + 2 * kilobytes(part.Item), 0);
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
  return { write: sentUnits(asked), read: 0 };
}
