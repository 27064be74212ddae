import * as z from 'zod';
import type { Call } from './call.ts';
import type { Units } from './capacity.ts';
import type { Database, DatabaseAnswer } from './dynamodb-forward.ts';
import { askDatabase } from './dynamodb-forward.ts';
import { type Place, placesOf } from './places.ts';
import { type StoredItem, transactionUnits } from './transaction-units.ts';

const Item = z.record(z.string(), z.unknown());
const Found = z.object({
  Responses: z.record(z.string(), z.array(Item)).default({}),
  UnprocessedKeys: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Applies a transaction and tells its true units, which DynamoDB Local does not: of parts that cost the
 * same it reports one. For that the items are read before and after, so this is done only when asked.
 */
export async function weighed(
  call: Call,
  to: Database,
  apply: () => Promise<DatabaseAnswer>,
): Promise<{ answer: DatabaseAnswer; units: Units | undefined }> {
  const places = await placesOf(call, to);
  if (places.length === 0) return { answer: await apply(), units: undefined };
  const before = await images(places, call, to);
  const answer = await apply();
  if (answer.status >= 300) return { answer, units: undefined };
  const after = await images(places, call, to);
  const changes = places.map(({ shape }, at) => ({ shape, before: before[at], after: after[at] }));
  return { answer, units: { write: transactionUnits(changes), read: 0 } };
}

async function images(
  places: readonly Place[],
  call: Call,
  to: Database,
): Promise<(StoredItem | undefined)[]> {
  const found = new Map<string, StoredItem>();
  const nameOf = ({ table, shape }: Place, item: StoredItem) =>
    JSON.stringify([table, ...shape.keys.map((key) => item[key])]);
  const byTable = Map.groupBy(places, ({ table }) => table);
  let wanted: Record<string, unknown> = Object.fromEntries(
    [...byTable].map(([table, those]) => [
      table,
      { Keys: those.map(({ key }) => key), ConsistentRead: true },
    ]),
  );
  while (Object.keys(wanted).length > 0) {
    const input = { RequestItems: wanted };
    const { body } = await askDatabase(call, 'BatchGetItem', { input, to });
    const { Responses, UnprocessedKeys } = Found.parse(body);
    for (const [table, items] of Object.entries(Responses)) {
      const [place] = byTable.get(table) ?? [];
      for (const item of items) if (place) found.set(nameOf(place, item), item);
    }
    wanted = UnprocessedKeys;
  }
  return places.map((place) => found.get(nameOf(place, place.key)));
}
