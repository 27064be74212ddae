import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stageOf } from '#infra/config.ts';
import { createWorldClock, type WorldClock } from '#infra/local/clock/world-clock.ts';
import { createKeys, type Keys } from '#infra/local/door/keys.ts';
import { scratchFolder } from '#infra/local/engines/scratch.ts';
import { prepareFolder } from './folder.ts';
import { defaultFolder, defaultPort, type WorldOptions } from './options.ts';
import { type OpenPorts, openPorts } from './ports.ts';

/** Where and when a world stands, before anything runs in it. */
export interface Place {
  /** undefined keeps everything in memory. */
  readonly folder: string | undefined;
  readonly assemblyFolder: string;
  readonly clock: WorldClock;
  readonly keys: Keys;
  readonly ports: OpenPorts;
  readonly region: string;
  readonly account: string;
  /** Cloud issuers by the kind that they vouch for. */
  readonly issuers: readonly { readonly kind: string; readonly issuer: string }[];
  close(): Promise<void>;
}

/** Takes the folder, the ports and the clock; throws `CannotStart` when one is not to be had. */
export async function takePlace(options: WorldOptions): Promise<Place> {
  const { region, account = '000000000000', issuers } = stageOf('home');
  const folder = options.memory
    ? undefined
    : prepareFolder(options.folder ?? defaultFolder, options.fresh ?? false);
  const scratch = folder === undefined ? scratchFolder() : undefined;
  const ports = await openPorts(options.port ?? defaultPort);
  return {
    folder,
    assemblyFolder: join(folder ?? scratch ?? '', 'cdk'),
    clock: createWorldClock(folder, options.at),
    keys: createKeys(folder),
    ports,
    region,
    account,
    issuers,
    async close() {
      await ports.close();
      if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
    },
  };
}
