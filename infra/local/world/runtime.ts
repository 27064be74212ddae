import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Keys } from '#infra/local/door/keys.ts';
import { invokeAsynchronously } from '#infra/local/lambda/asynchronous.ts';
import type { Beside, Outcome } from '#infra/local/lambda/function.ts';
import { createPool, type Pool } from '#infra/local/lambda/pool.ts';
import { variablesOf } from '#infra/local/lambda/variables.ts';
import type { Inventory } from '#infra/local/template/inventory.ts';
import { deliveryOf } from './deliver.ts';

export interface RuntimeSettings {
  readonly inventory: Inventory;
  readonly folder: string | undefined;
  readonly clock: SharedArrayBuffer;
  readonly keys: Keys;
  readonly region: string;
  readonly doorUrl: string;
  readonly doorPort: number;
  readonly complain: (what: string) => void;
}

/** All functions of the world, ready to be invoked. */
export interface Runtime {
  readonly pools: readonly Pool[];
  byId(functionId: string): Pool | undefined;
  byArn(arn: string): Pool;
  invoke(arn: string, event: unknown, beside?: Beside): Promise<Outcome>;
  invokeAsync(arn: string, event: unknown): Promise<Outcome>;
  readonly busy: () => number;
  close(): Promise<void>;
}

export function createRuntime(settings: RuntimeSettings): Runtime {
  const { inventory, folder, clock, keys, region, doorUrl } = settings;
  const logs = folder === undefined ? undefined : join(folder, 'logs');
  if (logs !== undefined) mkdirSync(logs, { recursive: true });
  const log = (id: string, line: Buffer) => {
    if (logs !== undefined) appendFileSync(join(logs, `${id}.log`), line);
  };
  const pools = inventory.functions.map((fn) =>
    createPool(fn, {
      clock,
      log,
      variables: (now) => variablesOf(now, { region, doorUrl, credentials: keys.of(now.id) }),
    }),
  );
  const byArn = new Map(pools.map((pool) => [pool.fn.arn, pool]));
  const find = (arn: string): Pool => {
    const pool = byArn.get(arn);
    if (pool === undefined) throw new Error(`The template has no function ${arn}`);
    return pool;
  };
  return {
    pools,
    byId: (id) => pools.find((pool) => pool.fn.id === id),
    byArn: find,
    invoke: (arn, event, beside) => find(arn).invoke(event, beside),
    invokeAsync(arn, event) {
      const { fn, invoke } = find(arn);
      const given = inventory.invokeSettings.find((one) =>
        [fn.name, fn.arn].includes(one.functionName),
      );
      const maxRetries = given?.maxRetries ?? 2;
      return invokeAsynchronously(event, {
        fn,
        invoke,
        deliver: deliveryOf(fn.id, settings),
        maxRetries,
        onFailureArn: given?.onFailureArn,
      });
    },
    busy: () => pools.reduce((sum, pool) => sum + pool.busy(), 0),
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}
