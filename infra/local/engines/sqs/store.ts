import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { openDatabase } from '../database.ts';

const schema = `
CREATE TABLE IF NOT EXISTS queue (name TEXT PRIMARY KEY, settings TEXT NOT NULL, createdAt INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  attributes TEXT NOT NULL, sentAt INTEGER NOT NULL, visibleAt INTEGER NOT NULL,
  receives INTEGER NOT NULL DEFAULT 0, firstReceivedAt INTEGER, receipt TEXT);
CREATE INDEX IF NOT EXISTS messageVisible ON message (queue, visibleAt, seq);
`;

export const Settings = z.object({
  name: z.string(),
  visibilityTimeoutSeconds: z.number(),
  delaySeconds: z.number(),
  retentionSeconds: z.number(),
  receiveWaitSeconds: z.number(),
  redrive: z.object({ deadLetterQueueArn: z.string(), maxReceiveCount: z.number() }).optional(),
});
export type Settings = z.infer<typeof Settings>;

const Message = z.object({
  seq: z.number(),
  queue: z.string(),
  id: z.string(),
  body: z.string(),
  attributes: z.string(),
  sentAt: z.number(),
  visibleAt: z.number(),
  receives: z.number(),
  firstReceivedAt: z.number().nullable(),
  receipt: z.string().nullable(),
});
export type Message = z.infer<typeof Message>;

export type QueueStore = ReturnType<typeof openQueueStore>;

/** Queues and messages on disk; every write is one statement, so nothing is ever half sent. */
export function openQueueStore(folder: string | undefined) {
  const db = openDatabase(folder, 'sqs.sqlite', schema);
  const statements = prepare(db);
  return {
    db,
    saveQueue(settings: Settings, now: number) {
      statements.saveQueue.run(settings.name, JSON.stringify(settings), now);
    },
    findQueue(name: string): { settings: Settings; createdAt: number } | undefined {
      const row = statements.findQueue.get(name);
      if (row === undefined) return undefined;
      const { settings, createdAt } = z
        .object({ settings: z.string(), createdAt: z.number() })
        .parse(row);
      return { settings: Settings.parse(JSON.parse(settings)), createdAt };
    },
    queueNames: () => statements.queueNames.all().map((row) => String(row.name)),
    add(message: {
      queue: string;
      body: string;
      attributes: string;
      now: number;
      delaySeconds: number;
    }) {
      const { queue, body, attributes, now } = message;
      const id = randomUUID();
      statements.add.run(queue, id, body, attributes, now, now + message.delaySeconds * 1000);
      return id;
    },
    due: (queue: string, now: number, limit: number): Message[] =>
      statements.due.all(queue, now, limit).map((row) => Message.parse(row)),
    receive(seq: number, receipt: string, at: { now: number; visibleAt: number }) {
      statements.receive.run(at.visibleAt, at.now, receipt, seq);
    },
    /** To the dead-letter queue, where its receives begin anew. The age goes on, as at AWS. */
    move: (seq: number, queue: string, now: number) => statements.move.run(queue, now, seq),
    byReceipt(queue: string, receipt: string): Message | undefined {
      const row = statements.byReceipt.get(seqOf(receipt), queue, receipt);
      return row === undefined ? undefined : Message.parse(row);
    },
    remove: (seq: number) => statements.remove.run(seq),
    show: (seq: number, visibleAt: number) => statements.show.run(visibleAt, seq),
    forget: (queue: string, sentBefore: number) => statements.forget.run(queue, sentBefore),
    depth(queue: string, now: number) {
      const row = statements.depth.get({ queue, now });
      return z
        .object({ visible: z.number(), inFlight: z.number(), delayed: z.number() })
        .parse(row);
    },
    nextVisibleAt(now: number): number | undefined {
      return (
        z.object({ at: z.number().nullable() }).parse(statements.next.get(now)).at ?? undefined
      );
    },
  };
}

/** A receipt handle carries the message's place, so that it is found without an index. */
export const newReceipt = (seq: number) =>
  Buffer.from(`${seq}:${randomUUID()}`).toString('base64url');
export const seqOf = (receipt: string) =>
  Number.parseInt(Buffer.from(receipt, 'base64url').toString('latin1'), 10) || 0;

function prepare(db: DatabaseSync) {
  return {
    saveQueue: db.prepare(
      `INSERT INTO queue VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET settings = excluded.settings`,
    ),
    findQueue: db.prepare('SELECT settings, createdAt FROM queue WHERE name = ?'),
    queueNames: db.prepare('SELECT name FROM queue ORDER BY name'),
    add: db.prepare(
      'INSERT INTO message (queue, id, body, attributes, sentAt, visibleAt) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    due: db.prepare(
      'SELECT * FROM message WHERE queue = ? AND visibleAt <= ? ORDER BY visibleAt, seq LIMIT ?',
    ),
    receive: db.prepare(
      `UPDATE message SET receives = receives + 1, visibleAt = ?,
       firstReceivedAt = coalesce(firstReceivedAt, ?), receipt = ? WHERE seq = ?`,
    ),
    move: db.prepare(
      `UPDATE message SET queue = ?, visibleAt = ?, receives = 0, firstReceivedAt = NULL, receipt = NULL
       WHERE seq = ?`,
    ),
    byReceipt: db.prepare('SELECT * FROM message WHERE seq = ? AND queue = ? AND receipt = ?'),
    remove: db.prepare('DELETE FROM message WHERE seq = ?'),
    show: db.prepare('UPDATE message SET visibleAt = ? WHERE seq = ?'),
    forget: db.prepare('DELETE FROM message WHERE queue = ? AND sentAt < ?'),
    depth: db.prepare(
      `SELECT count(*) FILTER (WHERE visibleAt <= :now) visible,
       count(*) FILTER (WHERE visibleAt > :now AND receipt IS NOT NULL) inFlight,
       count(*) FILTER (WHERE visibleAt > :now AND receipt IS NULL) delayed
       FROM message WHERE queue = :queue`,
    ),
    next: db.prepare('SELECT min(visibleAt) at FROM message WHERE visibleAt > ?'),
  };
}
