import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { S3Event } from '#infra/local/engines/engine.ts';

const Event: z.ZodType<S3Event> = z.object({
  detailType: z.enum(['Object Created', 'Object Deleted']),
  reason: z.enum(['PutObject', 'CompleteMultipartUpload', 'DeleteObject']),
  bucket: z.string(),
  key: z.string(),
  versionId: z.string().exactOptional(),
  sizeBytes: z.number().exactOptional(),
  etag: z.string().exactOptional(),
  sequencer: z.string(),
  deletionType: z.enum(['Permanently Deleted', 'Delete Marker Created']).exactOptional(),
  requester: z.string(),
});

export type OnS3Event = (event: S3Event) => void | Promise<void>;
export type EventBox = ReturnType<typeof openEventBox>;

/**
 * Events are written in the transaction of the change and taken out once the listener has them:
 * a kill between the two tells the event again, and none is ever lost.
 */
export function openEventBox(db: DatabaseSync, onEvent: OnS3Event) {
  const insert = db.prepare('INSERT INTO event (event) VALUES (?)');
  const first = db.prepare('SELECT seq, event FROM event ORDER BY seq LIMIT 1');
  const remove = db.prepare('DELETE FROM event WHERE seq = ?');
  let telling: Promise<void> = Promise.resolve();
  const tellAll = async () => {
    for (let row = first.get(); row !== undefined; row = first.get()) {
      await onEvent(Event.parse(JSON.parse(String(row.event))));
      remove.run(Number(row.seq));
    }
  };
  return {
    add: (event: S3Event) => void insert.run(JSON.stringify(event)),
    /** Tells all that is untold, one after the other. A listener that throws is asked again next time. */
    tell(): Promise<void> {
      telling = telling
        .then(tellAll)
        .catch((error: unknown) => console.error('S3 event not told', error));
      return telling;
    },
  };
}
