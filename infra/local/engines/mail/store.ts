import * as z from 'zod';
import { openDatabase } from '../database.ts';
import type { SentMail } from '../engine.ts';

const schema = `
CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS recipient (address TEXT NOT NULL, mail INTEGER NOT NULL, PRIMARY KEY (address, mail));
`;

const Mail = z.object({
  messageId: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  tags: z.record(z.string(), z.string()).optional(),
});
type Mail = z.infer<typeof Mail>;

interface Page {
  readonly to: string | undefined;
  readonly limit: number;
}

export type MailStore = ReturnType<typeof openMailStore>;

/** Each accepted mail as JSON, found by recipient (case ignored) and by its number. */
export function openMailStore(folder: string | undefined) {
  const db = openDatabase(folder, 'mail.sqlite', schema);
  const insert = db.prepare('INSERT INTO mail (mail) VALUES (?)');
  const address = db.prepare('INSERT OR IGNORE INTO recipient VALUES (?, ?)');
  const wanted = '(:to IS NULL OR id IN (SELECT mail FROM recipient WHERE address = :to))';
  const after = db.prepare(
    `SELECT * FROM mail WHERE id > :after AND ${wanted} ORDER BY id LIMIT :limit`,
  );
  const newest = db.prepare(
    `SELECT * FROM mail WHERE ${wanted} ORDER BY id DESC LIMIT :limit OFFSET :skip`,
  );
  const one = db.prepare('SELECT * FROM mail WHERE id = ?');
  const count = db.prepare(`SELECT count(*) n FROM mail WHERE ${wanted}`);
  const addressed = (to: string | undefined) => to?.trim().toLowerCase() ?? null;
  return {
    db,
    add(mail: Mail): SentMail {
      const id = Number(insert.run(JSON.stringify(mail)).lastInsertRowid);
      for (const to of mail.to) address.run(addressOf(to).toLowerCase(), id);
      return { id, ...mail };
    },
    after: (number: number, { to, limit }: Page) =>
      after.all({ after: number, to: addressed(to), limit }).map(shown),
    newest: (skip: number, { to, limit }: Page) =>
      newest.all({ skip, to: addressed(to), limit }).map(shown),
    byId(id: number): SentMail | undefined {
      const row = one.get(id);
      return row && shown(row);
    },
    count: (to: string | undefined) => Number(count.get({ to: addressed(to) })?.n),
  };
}

/** The bare address of `Jeanne Essai <jeanne@exemple.invalid>`. */
export const addressOf = (text: string) => /<([^>]+)>/.exec(text)?.[1] ?? text.trim();

function shown(row: unknown): SentMail {
  const { id, mail } = z.object({ id: z.number(), mail: z.string() }).parse(row);
  return { id, ...Mail.parse(JSON.parse(mail)) };
}
