import { transaction } from '#infra/local/engines/database.ts';
import { sequencerOf } from '../commit.ts';
import type { Request, S3, S3Operation } from '../context.ts';
import { versionHeader } from '../context.ts';
import { newVersionId } from '../store/catalogue.ts';
import type { Stored } from '../store/rows.ts';

/**
 * With a version: that version is gone for good. Without: a delete marker where versions are kept,
 * else the object is gone. What is not there is deleted as well as what is, as at S3.
 */
export const deleteObject: S3Operation = async (s3, request) => {
  const versionId = request.query.get('versionId');
  const { bucket, key } = request;
  const headers =
    versionId === null && bucket.versioned
      ? mark(s3, request)
      : removeForGood(s3, request, target(s3, { bucket: bucket.name, key, versionId }));
  await s3.events.tell();
  return {
    status: 204,
    headers: { ...headers, ...(versionId && versionHeader(bucket, versionId)) },
  };
};

const target = (
  { catalogue }: S3,
  of: { bucket: string; key: string; versionId: string | null },
) =>
  of.versionId === null
    ? catalogue.newest(of.bucket, of.key)
    : catalogue.version(of.bucket, of.key, of.versionId);

function mark(s3: S3, { bucket, key, accessKeyId }: Request): Record<string, string> {
  const versionId = newVersionId(true);
  transaction(s3.db, () => {
    const seq = s3.catalogue.insert({
      bucket: bucket.name,
      key,
      versionId,
      isDeleteMarker: true,
      etag: '',
      at: s3.now(),
      kept: {},
      checksum: undefined,
      segments: [],
    });
    s3.events.add({
      ...deleted(bucket.name, key, accessKeyId),
      versionId,
      sequencer: sequencerOf(seq),
      deletionType: 'Delete Marker Created',
    });
  });
  return { 'x-amz-delete-marker': 'true', ...versionHeader(bucket, versionId) };
}

function removeForGood(
  s3: S3,
  request: Request,
  object: Stored | undefined,
): Record<string, string> {
  if (object === undefined) return {};
  const { bucket, key, accessKeyId } = request;
  transaction(s3.db, () => {
    s3.catalogue.remove(object.seq);
    s3.events.add({
      ...deleted(bucket.name, key, accessKeyId),
      ...(bucket.versioned && { versionId: object.versionId }),
      sequencer: sequencerOf(object.seq),
      deletionType: 'Permanently Deleted',
    });
  });
  s3.segments.remove(object.segments);
  return object.isDeleteMarker ? { 'x-amz-delete-marker': 'true' } : {};
}

const deleted = (bucket: string, key: string, requester: string) =>
  ({ detailType: 'Object Deleted', reason: 'DeleteObject', bucket, key, requester }) as const;
