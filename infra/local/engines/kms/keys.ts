import {
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import * as z from 'zod';
import { openDatabase, transaction } from '../database.ts';
import type { KeySpec, KeyState } from '../engine.ts';
import { rootKey } from './root-key.ts';
import { open, seal } from './seal.ts';

const schema = `
CREATE TABLE IF NOT EXISTS key (
  id TEXT PRIMARY KEY, description TEXT NOT NULL, state TEXT NOT NULL, createdAt INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS material (
  key TEXT NOT NULL, number INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (key, number));
CREATE TABLE IF NOT EXISTS pair (key TEXT PRIMARY KEY, sealed BLOB NOT NULL);
`;

const StoredKey = z.object({
  id: z.string(),
  description: z.string(),
  state: z.enum(['Enabled', 'Disabled', 'PendingDeletion']),
  createdAt: z.number(),
  newest: z.number().nullable(),
  /** Whether it signs instead of encrypting. */
  signs: z.number().transform(Boolean),
});
export type StoredKey = z.infer<typeof StoredKey>;

export type KeyStore = ReturnType<typeof openKeyStore>;

/** Keys and their numbered materials, sealed on disk under the root key. */
export function openKeyStore(folder: string | undefined) {
  const db = openDatabase(folder, 'kms.sqlite', schema);
  // A destroyed key must leave no trace in free pages of the file.
  db.exec('PRAGMA secure_delete = ON');
  const root = rootKey(folder);
  const opened = new Map<string, KeyObject>();
  const find = db.prepare(
    `SELECT key.*, (SELECT max(number) FROM material WHERE key = key.id) newest,
     EXISTS (SELECT 1 FROM pair WHERE key = key.id) signs FROM key WHERE id = ?`,
  );
  const insertKey = db.prepare('INSERT INTO key VALUES (?, ?, ?, ?)');
  const insertMaterial = db.prepare('INSERT INTO material VALUES (?, ?, ?)');
  const findMaterial = db.prepare('SELECT sealed FROM material WHERE key = ? AND number = ?');
  const findPair = db.prepare('SELECT sealed FROM pair WHERE key = ?');
  const addPair = (id: string) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const bytes = privateKey.export({ type: 'pkcs8', format: 'der' });
    db.prepare('INSERT INTO pair VALUES (?, ?)').run(id, seal(root, bytes, pairPlace(id)));
  };
  const addMaterial = (id: string, number: number) =>
    insertMaterial.run(id, number, seal(root, randomBytes(32), placeOf(id, number)));
  const findKey = (id: string): StoredKey | undefined => {
    const row = find.get(id);
    return row === undefined ? undefined : StoredKey.parse(row);
  };
  return {
    find: findKey,
    create: (
      { id, description, spec }: { id: string; description: string; spec: KeySpec },
      now: number,
    ) =>
      transaction(db, () => {
        if (findKey(id) !== undefined) return;
        insertKey.run(id, description, 'Enabled', now);
        if (spec === 'ECC_NIST_P256') addPair(id);
        else addMaterial(id, 1);
      }),
    rotate: (id: string) => transaction(db, () => addMaterial(id, (findKey(id)?.newest ?? 0) + 1)),
    setState: (id: string, state: KeyState) =>
      db.prepare('UPDATE key SET state = ? WHERE id = ?').run(state, id),
    destroy(id: string) {
      transaction(db, () => {
        db.prepare('DELETE FROM material WHERE key = ?').run(id);
        db.prepare('DELETE FROM pair WHERE key = ?').run(id);
        db.prepare('DELETE FROM key WHERE id = ?').run(id);
      });
      opened.clear();
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    material(id: string, number: number): KeyObject | undefined {
      const place = placeOf(id, number);
      const known = opened.get(place.toString());
      if (known !== undefined) return known;
      const row = findMaterial.get(id, number);
      if (!(row?.sealed instanceof Uint8Array)) return undefined;
      const bytes = open(root, Buffer.from(row.sealed), place);
      if (bytes === undefined)
        throw new Error(`root.key does not open key ${id}: is it another world's?`);
      const material = createSecretKey(bytes);
      opened.set(place.toString(), material);
      return material;
    },
    /** The private half of a key that signs. */
    pair(id: string): KeyObject | undefined {
      const row = findPair.get(id);
      if (!(row?.sealed instanceof Uint8Array)) return undefined;
      const bytes = open(root, Buffer.from(row.sealed), pairPlace(id));
      if (bytes === undefined)
        throw new Error(`root.key does not open key ${id}: is it another world's?`);
      return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    },
    close: () => db.close(),
  };
}

const pairPlace = (id: string) => Buffer.from(`pair|${id}`);
const placeOf = (id: string, number: number) => Buffer.from(`material|${id}|${number}`);
