import type { Rights } from '#shared/rights.ts';

type ByName<Name extends string, Item> = { readonly [N in Name]?: readonly Item[] };

function unionByName<Name extends string, Item>(
  all: readonly (ByName<Name, Item> | undefined)[],
): { [N in Name]?: readonly Item[] } {
  const union: { [N in Name]?: readonly Item[] } = {};
  for (const lists of all) {
    for (const name in lists)
      union[name] = distinct([...(union[name] ?? []), ...(lists[name] ?? [])]);
  }
  return union;
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** What a function needs when it serves several declarations: each right once. */
export function unionOfRights(all: readonly Rights[]): Rights {
  return {
    tables: unionByName(all.map((rights) => rights.tables)),
    indexes: unionByName(all.map((rights) => rights.indexes)),
    buckets: unionByName(all.map((rights) => rights.buckets)),
    queues: unionByName(all.map((rights) => rights.queues)),
    keys: unionByName(all.map((rights) => rights.keys)),
    ...(all.some((rights) => rights.mail) ? { mail: true } : {}),
    ...(all.some((rights) => rights.sms) ? { sms: true } : {}),
    ...(all.some((rights) => rights.events) ? { events: true } : {}),
    ...(all.some((rights) => rights.issuers) ? { issuers: true } : {}),
    parameters: distinct(all.flatMap((rights) => rights.parameters ?? [])),
  };
}
