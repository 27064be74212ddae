import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import * as z from 'zod';
import { openDatabase } from '../database.ts';

const schema = `
CREATE TABLE IF NOT EXISTS state (
  issuer TEXT NOT NULL, model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, grantId TEXT, uid TEXT,
  expiresAt INTEGER, PRIMARY KEY (issuer, model, id));
CREATE INDEX IF NOT EXISTS stateGrant ON state (issuer, grantId);
CREATE INDEX IF NOT EXISTS stateUid ON state (issuer, model, uid);
`;

export const openIssuerDatabase = (folder: string | undefined) => {
  const db = openDatabase(folder, 'issuer.sqlite', schema);
  db.prepare('DELETE FROM state WHERE expiresAt < ?').run(Date.now());
  return db;
};

/** Sessions, codes and tokens of one issuer on disk, for oidc-provider. Its times are real. */
export function adapterFactory(db: DatabaseSync, issuer: string): AdapterFactory {
  const by = (column: 'id' | 'uid') =>
    db.prepare(
      `SELECT payload FROM state WHERE issuer = ? AND model = ? AND ${column} = ?
       AND (expiresAt IS NULL OR expiresAt > ?)`,
    );
  const found = { id: by('id'), uid: by('uid') };
  const upsert = db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?, ?, ?, ?)');
  const consume = db.prepare(
    `UPDATE state SET payload = json_set(payload, '$.consumed', ?) WHERE issuer = ? AND model = ? AND id = ?`,
  );
  const destroy = db.prepare('DELETE FROM state WHERE issuer = ? AND model = ? AND id = ?');
  const revoke = db.prepare('DELETE FROM state WHERE issuer = ? AND grantId = ?');
  return (model): Adapter => {
    const find = async (column: 'id' | 'uid', value: string) =>
      payloadOf(found[column].get(issuer, model, value, Date.now()));
    return {
      find: (id) => find('id', id),
      findByUid: (uid) => find('uid', uid),
      async findByUserCode() {
        throw new Error('Not played at home: device flow');
      },
      async upsert(id, payload, expiresInSeconds) {
        const { grantId = null, uid = null } = payload;
        const expiresAt = expiresInSeconds ? Date.now() + expiresInSeconds * 1000 : null;
        upsert.run(issuer, model, id, JSON.stringify(payload), grantId, uid, expiresAt);
      },
      async consume(id) {
        consume.run(Math.floor(Date.now() / 1000), issuer, model, id);
      },
      async destroy(id) {
        destroy.run(issuer, model, id);
      },
      async revokeByGrantId(grantId) {
        revoke.run(issuer, grantId);
      },
    };
  };
}

/** The library wrote it itself; only that it is an object is checked. */
function payloadOf(row: unknown): AdapterPayload | undefined {
  if (row === undefined) return undefined;
  const { payload } = z.object({ payload: z.string() }).parse(row);
  return z.looseObject({}).parse(JSON.parse(payload));
}
