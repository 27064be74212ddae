import type { EventToEmit, S3Event } from '../engine.ts';

/** A change in S3 as S3 itself tells it to EventBridge (`aws.s3`). */
export function eventOfS3(event: S3Event): EventToEmit {
  const { bucket, key, versionId, sizeBytes, etag, sequencer, reason, deletionType, requester } =
    event;
  return {
    source: 'aws.s3',
    detailType: event.detailType,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key,
        ...(sizeBytes !== undefined && { size: sizeBytes }),
        ...(etag !== undefined && { etag }),
        ...(versionId !== undefined && { 'version-id': versionId }),
        sequencer,
      },
      'request-id': sequencer,
      requester,
      'source-ip-address': '127.0.0.1',
      reason,
      ...(deletionType !== undefined && { 'deletion-type': deletionType }),
    },
  };
}
