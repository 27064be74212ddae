import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { openDatabase } from '#infra/local/engines/database.ts';
import { type Checksum, type Kept, Settings, Stored } from './rows.ts';
import { Segment } from './segments.ts';

const schema = `
CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, settings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS object (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, versionId TEXT NOT NULL,
  isDeleteMarker INTEGER NOT NULL, sizeBytes INTEGER NOT NULL, etag TEXT NOT NULL, at INTEGER NOT NULL,
  kept TEXT NOT NULL, checksum TEXT NOT NULL, segments TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objectKey ON object (bucket, key, seq);
CREATE TABLE IF NOT EXISTS upload (
  id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, kept TEXT NOT NULL, algorithm TEXT);
CREATE TABLE IF NOT EXISTS part (
  upload TEXT NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL, checksum TEXT NOT NULL,
  segment TEXT NOT NULL, PRIMARY KEY (upload, number));
CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL);
`;

export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly etag: string;
  readonly at: number;
  readonly kept: Kept;
  readonly checksum: Checksum | undefined;
  readonly segments: readonly Segment[];
}

export const openS3Database = (folder: string | undefined) =>
  openDatabase(folder, 's3.sqlite', schema);

export type Catalogue = ReturnType<typeof openCatalogue>;

/** Buckets and the versions in them; the newest version of a key is the one with the highest seq. */
export function openCatalogue(db: DatabaseSync) {
  const newest = db.prepare(
    'SELECT * FROM object WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1',
  );
  const version = db.prepare('SELECT * FROM object WHERE bucket = ? AND key = ? AND versionId = ?');
  const insert = db.prepare(
    `INSERT INTO object (bucket, key, versionId, isDeleteMarker, sizeBytes, etag, at, kept, checksum, segments)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = db.prepare('DELETE FROM object WHERE seq = ?');
  const list = db.prepare(
    `SELECT * FROM object AS one WHERE bucket = :bucket AND key > :after AND key >= :prefix
     AND substr(key, 1, length(:prefix)) = :prefix AND isDeleteMarker = 0
     AND seq = (SELECT max(seq) FROM object WHERE bucket = :bucket AND key = one.key)
     ORDER BY key LIMIT :limit`,
  );
  // Newest first within a key; a marker names the last one told, which may be gone by then.
  const listVersions = db.prepare(
    `SELECT * FROM object AS one WHERE bucket = :bucket AND substr(key, 1, length(:prefix)) = :prefix
     AND (key > :key OR (key = :key AND seq < :seq)) ORDER BY key, seq DESC LIMIT :limit`,
  );
  const parsed = (row: unknown): Stored | undefined =>
    row === undefined ? undefined : Stored.parse(row);
  return {
    saveBucket: (settings: Settings) =>
      void db
        .prepare('INSERT OR REPLACE INTO bucket VALUES (?, ?)')
        .run(settings.name, JSON.stringify(settings)),
    findBucket(name: string): Settings | undefined {
      const row = db.prepare('SELECT settings FROM bucket WHERE name = ?').get(name);
      return row === undefined ? undefined : Settings.parse(JSON.parse(String(row.settings)));
    },
    bucketNames: () =>
      db
        .prepare('SELECT name FROM bucket ORDER BY name')
        .all()
        .map((row) => String(row.name)),
    newest: (bucket: string, key: string) => parsed(newest.get(bucket, key)),
    version: (bucket: string, key: string, versionId: string) =>
      parsed(version.get(bucket, key, versionId)),
    insert(object: NewObject): number {
      const sizeBytes = object.segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
      const { lastInsertRowid } = insert.run(
        object.bucket,
        object.key,
        object.versionId,
        Number(object.isDeleteMarker),
        sizeBytes,
        object.etag,
        object.at,
        JSON.stringify(object.kept),
        JSON.stringify(object.checksum ?? null),
        JSON.stringify(object.segments),
      );
      return Number(lastInsertRowid);
    },
    remove: (seq: number) => void remove.run(seq),
    list: (wanted: { bucket: string; prefix: string; after: string; limit: number }) =>
      list.all(wanted).map((row) => Stored.parse(row)),
    /** All versions and delete markers of the keys under a prefix, behind a place. */
    listVersions: (wanted: {
      bucket: string;
      prefix: string;
      key: string;
      seq: number;
      limit: number;
    }) => listVersions.all(wanted).map((row) => Stored.parse(row)),
    /** Every file that a version or a part names. */
    files(): Set<string> {
      const versions = db.prepare('SELECT segments FROM object').all();
      const parts = db.prepare('SELECT segment FROM part').all();
      const segments = [
        ...versions.flatMap((row) => z.array(Segment).parse(JSON.parse(String(row.segments)))),
        ...parts.map((row) => Segment.parse(JSON.parse(String(row.segment)))),
      ];
      return new Set(segments.map(({ file }) => file));
    },
  };
}

/** Opaque to callers; `null` is the one version of a bucket that keeps none. */
export const newVersionId = (versioned: boolean) =>
  versioned ? randomBytes(24).toString('base64url') : 'null';
