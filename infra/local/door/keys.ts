import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Access keys of the world by name (function ids, `operator`): the same at every start of a folder. */
export function createKeys(folder: string | undefined) {
  const seed = folder === undefined ? randomBytes(32) : persistentSeed(join(folder, 'door.seed'));
  const byId = new Map<string, { name: string } & Credentials>();
  return {
    /** The credentials of a name, made when first asked. DynamoDB Local takes letters and digits only. */
    of(name: string): Credentials {
      const mark = createHash('sha256').update(name).digest('hex').slice(0, 12).toUpperCase();
      const accessKeyId = `HOME${mark}`;
      const secretAccessKey = createHmac('sha256', seed).update(name).digest('hex').slice(0, 40);
      byId.set(accessKeyId, { name, accessKeyId, secretAccessKey });
      return { accessKeyId, secretAccessKey };
    },
    nameOf: (accessKeyId: string) => byId.get(accessKeyId)?.name,
    secretOf: (accessKeyId: string) => byId.get(accessKeyId)?.secretAccessKey,
  };
}
export type Keys = ReturnType<typeof createKeys>;

function persistentSeed(file: string): Buffer {
  if (existsSync(file)) return readFileSync(file);
  mkdirSync(join(file, '..'), { recursive: true });
  const seed = randomBytes(32);
  writeFileSync(file, seed, { mode: 0o600 });
  return seed;
}
