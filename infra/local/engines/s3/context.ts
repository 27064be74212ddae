import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { AwsFault } from '../wire/fault.ts';
import type { Catalogue } from './store/catalogue.ts';
import type { EventBox } from './store/events.ts';
import type { Settings, Stored } from './store/rows.ts';
import type { SegmentStore } from './store/segments.ts';
import type { Uploads } from './store/uploads.ts';

/** What the operations share. */
export interface S3 {
  readonly db: DatabaseSync;
  readonly catalogue: Catalogue;
  readonly uploads: Uploads;
  readonly segments: SegmentStore;
  readonly events: EventBox;
  readonly now: () => number;
}

/** A request whose signature holds, on a bucket that is there. */
export interface Request {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly bucket: Settings;
  /** Decoded; empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly accessKeyId: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Answers a reply, or nothing when it wrote to `res` itself. */
export type S3Operation = (s3: S3, request: Request) => Reply | Promise<Reply | undefined>;

/** The version asked for, or the newest; NoSuchKey, NoSuchVersion or the delete marker's 405 else. */
export function storedObject({ catalogue }: S3, { bucket, key, query }: Request): Stored {
  const versionId = query.get('versionId');
  if (versionId === null) {
    const newest = catalogue.newest(bucket.name, key);
    if (newest !== undefined && !newest.isDeleteMarker) return newest;
    throw new AwsFault('NoSuchKey', 'The specified key does not exist.', { status: 404 });
  }
  const version = catalogue.version(bucket.name, key, versionId);
  if (version === undefined) {
    throw new AwsFault('NoSuchVersion', 'The specified version does not exist.', { status: 404 });
  }
  if (version.isDeleteMarker) {
    const message = 'The specified method is not allowed against this resource.';
    throw new AwsFault('MethodNotAllowed', message, { status: 405 });
  }
  return version;
}

export const arnOf = (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`;

/** How the bucket's encryption shows in the headers of answers. */
export function sealedHeaders({ kmsKeyArn, bucketKey }: Settings): Record<string, string> {
  if (kmsKeyArn === undefined) return { 'x-amz-server-side-encryption': 'AES256' };
  return {
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyArn,
    ...(bucketKey && { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' }),
  };
}

/** `x-amz-version-id`, told only where versions are kept. */
export const versionHeader = (
  { versioned }: Settings,
  versionId: string,
): Record<string, string> => (versioned ? { 'x-amz-version-id': versionId } : {});
