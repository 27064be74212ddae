import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { Part, Upload } from './rows.ts';

export type Uploads = ReturnType<typeof openUploads>;

/** Multipart uploads under way. */
export function openUploads(db: DatabaseSync) {
  const parts = db.prepare(
    'SELECT number, etag, checksum, segment FROM part WHERE upload = ? ORDER BY number',
  );
  return {
    begin({ bucket, key, kept, algorithm }: Omit<Upload, 'id'>): string {
      const id = randomBytes(24).toString('base64url');
      db.prepare('INSERT INTO upload VALUES (?, ?, ?, ?, ?)').run(
        id,
        bucket,
        key,
        JSON.stringify(kept),
        algorithm,
      );
      return id;
    },
    find(id: string): Upload | undefined {
      const row = db.prepare('SELECT * FROM upload WHERE id = ?').get(id);
      return row === undefined ? undefined : Upload.parse(row);
    },
    parts: (id: string): Part[] => parts.all(id).map((row) => Part.parse(row)),
    /** A part sent again takes the place of the former. */
    savePart: (id: string, { number, etag, checksum, segment }: Part) =>
      void db
        .prepare('INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?)')
        .run(id, number, etag, JSON.stringify(checksum), JSON.stringify(segment)),
    end(id: string): void {
      db.prepare('DELETE FROM part WHERE upload = ?').run(id);
      db.prepare('DELETE FROM upload WHERE id = ?').run(id);
    },
  };
}
