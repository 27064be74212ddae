import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const Stored = z.record(z.string(), z.string());

/** Where a reader of a stream stands: the last sequence number done by shard, kept over restarts. */
export interface Positions {
  get(shard: string): string | undefined;
  set(shard: string, sequenceNumber: string): void;
}

export function createPositions(folder: string | undefined, mapping: string): Positions {
  const file =
    folder === undefined
      ? undefined
      : join(folder, 'positions', `${mapping.replaceAll('/', '.')}.json`);
  const known = new Map<string, string>(
    file !== undefined && existsSync(file)
      ? Object.entries(Stored.parse(JSON.parse(readFileSync(file, 'utf8'))))
      : [],
  );
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  return {
    get: (shard) => known.get(shard),
    set(shard, sequenceNumber) {
      known.set(shard, sequenceNumber);
      if (file === undefined) return;
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(known)));
      renameSync(`${file}.new`, file);
    },
  };
}
