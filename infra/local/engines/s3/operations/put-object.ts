import { mustBeSealedAs } from '../allowed.ts';
import { headerOf } from '../body/checksum.ts';
import { receive } from '../body/receive.ts';
import { commit, etagOf } from '../commit.ts';
import { mustHoldForWrite } from '../conditions.ts';
import { arnOf, type S3Operation, sealedHeaders, versionHeader } from '../context.ts';
import { keptHeaders } from '../kept.ts';

export const putObject: S3Operation = async (s3, request) => {
  const { req, bucket, key } = request;
  mustBeSealedAs(bucket, req.headers);
  const kept = keptHeaders(req.headers);
  // Known losers are told before their bytes are taken; the commit asks again.
  mustHoldForWrite(req.headers, s3.catalogue.newest(bucket.name, key));
  const arn = arnOf(bucket.name, key);
  const { segment, md5, checksum } = await receive(req, s3.segments, {
    arn,
    kmsKeyArn: bucket.kmsKeyArn,
  });
  const etag = etagOf(md5, bucket.kmsKeyArn !== undefined);
  const finished = { reason: 'PutObject', etag, kept, checksum, segments: [segment] } as const;
  const { versionId } = await commit(s3, request, finished).catch((error: unknown) => {
    s3.segments.remove([segment]);
    throw error;
  });
  return {
    status: 200,
    headers: {
      etag: `"${etag}"`,
      ...versionHeader(bucket, versionId),
      ...sealedHeaders(bucket),
      ...(checksum && {
        [headerOf(checksum.algorithm)]: checksum.value,
        'x-amz-checksum-type': 'FULL_OBJECT',
      }),
    },
  };
};
