import * as z from 'zod';
import { openDatabase } from '../database.ts';
import type { SentText } from '../engine.ts';

const schema = `
CREATE TABLE IF NOT EXISTS text (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, told TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_number ON text (number);
`;

const Told = z.object({
  messageId: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  context: z.record(z.string(), z.string()).optional(),
});
type Told = z.infer<typeof Told>;

export type TextStore = ReturnType<typeof openTextStore>;

/** Each accepted text message as JSON, found by number and by its place. */
export function openTextStore(folder: string | undefined) {
  const db = openDatabase(folder, 'sms.sqlite', schema);
  const insert = db.prepare('INSERT INTO text (number, told) VALUES (?, ?)');
  const wanted = '(:to IS NULL OR number = :to)';
  const after = db.prepare(
    `SELECT id, told FROM text WHERE id > :after AND ${wanted} ORDER BY id LIMIT :limit`,
  );
  const newest = db.prepare(
    `SELECT id, told FROM text WHERE ${wanted} ORDER BY id DESC LIMIT :limit`,
  );
  return {
    db,
    add(told: Told): SentText {
      return { id: Number(insert.run(told.to, JSON.stringify(told)).lastInsertRowid), ...told };
    },
    after: (number: number, { to, limit }: { to: string | undefined; limit: number }) =>
      after.all({ after: number, to: to ?? null, limit }).map(shown),
    newest: ({ to, limit }: { to: string | undefined; limit: number }) =>
      newest.all({ to: to ?? null, limit }).map(shown),
  };
}

function shown(row: unknown): SentText {
  const { id, told } = z.object({ id: z.number(), told: z.string() }).parse(row);
  return { id, ...Told.parse(JSON.parse(told)) };
}
