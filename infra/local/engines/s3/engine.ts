import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DataKeys, EngineOptions, S3Engine, SecretOf } from '../engine.ts';
import { answer } from '../wire/answer.ts';
import { AwsFault, notImplemented } from '../wire/fault.ts';
import { toWire } from '../wire/json-engine.ts';
import { mustBePlayed } from './allowed.ts';
import type { Reply, Request, S3 } from './context.ts';
import { findRoute } from './routes.ts';
import { verifySignature } from './signature/verify.ts';
import { openCatalogue, openS3Database } from './store/catalogue.ts';
import { type OnS3Event, openEventBox } from './store/events.ts';
import { openSegments } from './store/segments.ts';
import { openUploads } from './store/uploads.ts';
import { xmlDocument } from './xml.ts';

interface S3Options extends EngineOptions {
  readonly secretOf: SecretOf;
  /** Awaited before the caller is answered; told again after a kill (at least once). */
  readonly onEvent?: OnS3Event;
  /** Needed by buckets under a KMS key. */
  readonly dataKeys?: DataKeys;
}

/**
 * S3, path style only. Every request must be signed, by header or presigned. Rows in SQLite, bytes
 * in files, streamed. Object Lock, presigned POST, copies, tags, CORS and the like are 501.
 */
export function createS3(options: S3Options): S3Engine {
  const db = openS3Database(options.folder);
  const s3: S3 = {
    db,
    catalogue: openCatalogue(db),
    uploads: openUploads(db),
    segments: openSegments(options.folder, options.dataKeys),
    events: openEventBox(db, options.onEvent ?? (() => undefined)),
    now: options.now,
  };
  s3.segments.sweep(s3.catalogue.files());
  // The listener is asked in the next turn, when the world has its queues.
  const untold = setImmediate(() => void s3.events.tell());
  return {
    handle: (req, res) => handle(s3, options, { req, res }),
    createBucket(settings) {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(settings.name)) {
        throw new Error(`Not a bucket's name: ${settings.name}`);
      }
      s3.catalogue.saveBucket({ ...settings });
    },
    bucketNames: () => s3.catalogue.bucketNames(),
    async close() {
      clearImmediate(untold);
      await s3.events.tell();
      s3.segments.close();
      db.close();
    },
  };
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

async function handle(s3: S3, options: S3Options, { req, res }: Exchange): Promise<void> {
  try {
    const reply = await act(s3, options, { req, res });
    if (reply !== undefined) send(s3, res, reply);
  } catch (error) {
    // What is left of the body must be read, or the connection cannot be used again.
    req.resume();
    if (req.destroyed && !req.complete) return void res.destroy();
    const { fault } = toWire(error);
    const told = [
      ['Code', fault.code],
      ['Message', fault.message],
      ['Resource', (req.url ?? '').split('?')[0]],
      ['RequestId', randomUUID()],
    ] as const;
    const body = req.method === 'HEAD' ? '' : xmlDocument(['Error', told]);
    send(s3, res, { status: fault.status, body });
  }
}

async function act(s3: S3, options: S3Options, { req, res }: Exchange): Promise<Reply | undefined> {
  const { method = '', headers } = req;
  const [path = '', search = ''] = (req.url ?? '').split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const [bucketName = '', key] = splitPath(path);
  const { secretOf, now, region } = options;
  const accessKeyId = verifySignature(
    { method, path, query, headers },
    { secretOf, now: now(), region },
  );
  if (bucketName === '') throw notImplemented(`S3 ${method} without a bucket`);
  const bucket = s3.catalogue.findBucket(bucketName);
  if (bucket === undefined) {
    throw new AwsFault('NoSuchBucket', 'The specified bucket does not exist', { status: 404 });
  }
  const route = findRoute(method, key, query);
  const { name, parameters, conditions = false } = route;
  mustBePlayed(name, { headers, query, parameters, conditions });
  const request: Request = { req, res, bucket, key, query, accessKeyId };
  return route.operation(s3, request);
}

function splitPath(path: string): [bucket: string, key: string] {
  try {
    const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
    return [decodeURIComponent(bucket), decodeURIComponent(key)];
  } catch {
    throw new AwsFault('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function send(s3: S3, res: ServerResponse, { status, headers, body }: Reply): void {
  const type = body === undefined || body === '' ? {} : { 'content-type': 'application/xml' };
  answer(res, { status, now: s3.now(), headers: { ...type, ...headers }, body: body ?? '' });
}
