import * as z from 'zod';
import type { Call } from './call.ts';
import { askDatabase, type Database } from './dynamodb-forward.ts';
import { Shape, type StoredItem } from './transaction-units.ts';

const Item = z.record(z.string(), z.unknown());
const Action = z.object({ TableName: z.string(), Item: Item.optional(), Key: Item.optional() });
const Asked = z.object({
  TransactItems: z
    .array(z.record(z.string(), Action))
    .transform((items) => items.flatMap((item) => Object.values(item))),
});

/** Where an action of a transaction reads or writes. */
export interface Place {
  readonly table: string;
  readonly shape: Shape;
  readonly key: StoredItem;
}

/** The items that a transaction touches, in its order; none of what is no transaction. */
export function placesOf(call: Call, to: Database): Promise<Place[]> {
  const asked = Asked.safeParse(call.input);
  const actions = asked.success ? asked.data.TransactItems : [];
  return Promise.all(
    actions.map(async ({ TableName, Item: put, Key }) => {
      const shape = await shapeOf(TableName, call, to);
      const from = Key ?? put ?? {};
      const key = Object.fromEntries(shape.keys.map((name) => [name, from[name]]));
      return { table: TableName, shape, key };
    }),
  );
}

const shapes = new Map<string, Promise<Shape>>();

function shapeOf(table: string, call: Call, to: Database): Promise<Shape> {
  const name = `${to.port()} ${table}`;
  const found = shapes.get(name);
  if (found) return found;
  const asked = askDatabase(call, 'DescribeTable', { input: { TableName: table }, to });
  const shape = asked.then(({ body }) => Shape.parse(body));
  shapes.set(name, shape);
  // What failed is asked again, not remembered.
  shape.catch(() => shapes.delete(name));
  return shape;
}
