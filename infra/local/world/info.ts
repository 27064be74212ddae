import * as z from 'zod';
import type { Credentials, Keys } from '#infra/local/door/keys.ts';
import { variablesOf } from '#infra/local/lambda/variables.ts';
import type { Inventory } from '#infra/local/template/inventory.ts';

export interface Addresses {
  readonly gateway: string;
  readonly door: string;
  readonly console: string;
  readonly issuer: string;
}

/** What the world tells tools and tests of itself: where it is, its keys, the physical names behind the logical ones. */
export interface WorldInfo extends Addresses {
  readonly region: string;
  readonly operator: Credentials;
  readonly resources: Readonly<Record<string, string>>;
  readonly functions: readonly (Credentials & {
    readonly id: string;
    readonly environment: Readonly<Record<string, string>>;
  })[];
  /** Version of the conditions of use that stand. */
  readonly conditions: string;
  readonly pids: { readonly world: number; readonly database: number };
}

const Versions = z.array(z.object({ version: z.string() }));
const latest = (conditions: string): string =>
  Versions.parse(JSON.parse(conditions)).at(-1)?.version ?? '';

/** Variables that name no resource. */
const plain = /^(STAGE|FUNCTION_ID)$/;

export function worldInfo(given: {
  readonly addresses: Addresses;
  readonly region: string;
  readonly keys: Keys;
  readonly operator: Credentials;
  readonly inventory: Inventory;
  readonly pids: WorldInfo['pids'];
}): WorldInfo {
  const { addresses, region, keys, operator, inventory, pids } = given;
  const variables = inventory.functions.flatMap((fn) => Object.entries(fn.environment));
  return {
    ...addresses,
    region,
    operator,
    resources: Object.fromEntries(variables.filter(([name]) => !plain.test(name))),
    functions: inventory.functions.map((fn) => {
      const credentials = keys.of(fn.id);
      return {
        id: fn.id,
        ...credentials,
        environment: variablesOf(fn, { region, doorUrl: addresses.door, credentials }),
      };
    }),
    conditions: latest(variables.find(([name]) => name === 'CONDITIONS')?.[1] ?? '[]'),
    pids,
  };
}
