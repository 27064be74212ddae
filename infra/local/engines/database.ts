import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens an engine's SQLite file, or a database in memory without a folder. WAL with synchronous
 * NORMAL: what is committed is in the kernel's page cache, so it outlives kill -9 of the process;
 * only a power cut may lose the last commits, which a world at home can bear and FULL would make
 * every message wait for the disk.
 */
export function openDatabase(
  folder: string | undefined,
  file: string,
  schema: string,
): DatabaseSync {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(folder === undefined ? ':memory:' : join(folder, file));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
  db.exec(schema);
  return db;
}

/** Runs `act` in one immediate transaction: all of it is kept, or nothing when it throws. */
export function transaction<T>(db: DatabaseSync, act: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = act();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
