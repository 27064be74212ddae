import { randomBytes } from 'node:crypto';
import { transaction } from '../database.ts';
import type { S3Event } from '../engine.ts';
import { mustHoldForWrite } from './conditions.ts';
import type { Request, S3 } from './context.ts';
import { newVersionId } from './store/catalogue.ts';
import type { Checksum, Kept, Stored } from './store/rows.ts';
import type { Segment } from './store/segments.ts';

export interface Finished {
  readonly reason: 'PutObject' | 'CompleteMultipartUpload';
  readonly etag: string;
  readonly kept: Kept;
  readonly checksum: Checksum | undefined;
  readonly segments: readonly Segment[];
  /** What else belongs to the same transaction. */
  readonly alongside?: () => void;
}

/**
 * Makes finished bytes the newest version: condition, row and event in one transaction, so of twenty
 * writers with `If-None-Match: *` one wins. Resolves once the event is told.
 */
export async function commit(
  s3: S3,
  request: Request,
  finished: Finished,
): Promise<{ versionId: string }> {
  const { bucket, key, req, accessKeyId } = request;
  const { etag, kept, checksum, segments } = finished;
  const { catalogue } = s3;
  const versionId = newVersionId(bucket.versioned);
  const replaced = transaction(s3.db, () => {
    const newest = catalogue.newest(bucket.name, key);
    mustHoldForWrite(req.headers, newest);
    const old = replacedBy(s3, request, newest);
    const at = s3.now();
    const row = { bucket: bucket.name, key, versionId, isDeleteMarker: false, etag, at };
    const seq = catalogue.insert({ ...row, kept, checksum, segments });
    finished.alongside?.();
    s3.events.add({
      detailType: 'Object Created',
      reason: finished.reason,
      bucket: bucket.name,
      key,
      ...(bucket.versioned && { versionId }),
      sizeBytes: segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      etag,
      sequencer: sequencerOf(seq),
      requester: accessKeyId,
    });
    return old;
  });
  s3.segments.remove(replaced);
  await s3.events.tell();
  return { versionId };
}

/** Takes away the row that an unversioned bucket keeps of a key; its bytes go after the commit. */
function replacedBy({ catalogue }: S3, { bucket }: Request, newest: Stored | undefined): Segment[] {
  if (bucket.versioned || newest === undefined) return [];
  catalogue.remove(newest.seq);
  return newest.segments;
}

export const sequencerOf = (seq: number): S3Event['sequencer'] =>
  seq.toString(16).toUpperCase().padStart(18, '0');

/** Under SSE-KMS an ETag is no MD5, at AWS neither: nobody may compare it with one. */
export const etagOf = (md5: string, isSealed: boolean) =>
  isSealed ? randomBytes(16).toString('hex') : md5;
