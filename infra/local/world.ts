import process from 'node:process';
import type { Ran } from './clock/move.ts';
import type { Person } from './engines/engine.ts';
import { operatorName } from './world/callers.ts';
import { keepDatabase, startEngines } from './world/engines.ts';
import { firstAnswer } from './world/first-answer.ts';
import { removeInfo, writeInfo } from './world/folder.ts';
import { type WorldInfo, worldInfo } from './world/info.ts';
import type { WorldOptions } from './world/options.ts';
import { type Place, takePlace } from './world/place.ts';
import { populate } from './world/populate.ts';
import { homeStacks } from './world/template.ts';
import { watchCode } from './world/watch.ts';

/** A world at home that answers. */
export interface World {
  readonly info: WorldInfo;
  /** From the call to the first 200 of the API (ms). */
  readonly readyMs: number;
  /** Where that time went: ms since the call at which each step was done. */
  readonly steps: Readonly<Record<string, number>>;
  readonly people: readonly Person[];
  readonly now: () => number;
  readonly idle: () => Promise<void>;
  /** Moves world time forward to an instant (ms), from due time to due time. */
  readonly move: (to: number, leap?: boolean) => Promise<Ran[]>;
  close(): Promise<void>;
}

/**
 * Synthesizes the home stage and stands it up: engines, door, functions, readers, clock, gateway,
 * console. Resolves when the API answers. Throws `CannotStart` with a sentence for the person at the
 * keyboard when the folder or a port stands in the way.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const begun = performance.now();
  const steps: Record<string, number> = {};
  const done = (step: string) => {
    steps[step] = Math.round(performance.now() - begun);
  };
  const closing: (() => void | Promise<void>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const place = await takePlace(options);
    closing.push(place.close);
    const world = await build(place, options, { closing, done });
    await firstAnswer(`${world.info.gateway}/health`);
    done('first answer');
    return { ...world, steps, readyMs: Math.round(performance.now() - begun), close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

interface Building {
  readonly closing: (() => void | Promise<void>)[];
  readonly done: (step: string) => void;
}

async function build(
  place: Place,
  options: WorldOptions,
  { closing, done }: Building,
): Promise<Omit<World, 'readyMs' | 'steps' | 'close'>> {
  const { folder, clock, keys, ports, region, account } = place;
  const complain = options.say ?? console.error;
  const { addresses, servers } = ports;
  // Java starts while this process synthesizes.
  const starting = keepDatabase(
    { folder: folder && `${folder}/dynamodb`, now: clock.now, region, account },
    complain,
  );
  starting.catch(() => undefined);
  const rules = Promise.withResolvers<void>();
  const operator = keys.of(operatorName);
  const engines = await startEngines({
    ...{ folder, region, account, now: clock.now, secretOf: keys.secretOf, ruled: rules.promise },
    ...{ doorUrl: addresses.door, issuerUrl: addresses.issuer },
  });
  closing.push(() => closeAll(engines));
  servers.issuer.on('request', (req, res) => void engines.issuer.handle(req, res));
  done('engines');
  const stacks = await homeStacks(place.assemblyFolder);
  done('template');
  const database = await starting;
  closing.push(database.close);
  done('database');
  const populated = await populate({ place, engines, database, stacks, options, complain });
  closing.push(populated.close);
  rules.resolve();
  done('resources');
  const pids = {
    world: process.pid,
    // Another one after Java was killed.
    get database() {
      return database.pid();
    },
  };
  const info = worldInfo({
    addresses,
    region,
    keys,
    operator,
    inventory: populated.inventory,
    pids,
  });
  populated.open(info);
  if (folder !== undefined) {
    writeInfo(folder, info);
    closing.push(() => removeInfo(folder));
  }
  if (options.watch) closing.push(watchCode(populated.runtime, complain).close);
  return {
    info,
    people: engines.issuer.people(),
    now: clock.now,
    idle: populated.idle,
    move: populated.move,
  };
}

async function closeAll(engines: Awaited<ReturnType<typeof startEngines>>): Promise<void> {
  const { s3, issuer, mail, sms, events, kms, sqs } = engines;
  // S3 may still have something to announce, which ends in a queue.
  for (const engine of [s3, issuer, mail, sms, events, kms, sqs]) await engine.close();
}
