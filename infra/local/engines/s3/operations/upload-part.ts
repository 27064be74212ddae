import { transaction } from '#infra/local/engines/database.ts';
import { AwsFault } from '#infra/local/engines/wire/fault.ts';
import { headerOf } from '../body/checksum.ts';
import { receive } from '../body/receive.ts';
import { arnOf, type Request, type S3, type S3Operation, sealedHeaders } from '../context.ts';
import type { Upload } from '../store/rows.ts';

export const uploadPart: S3Operation = async (s3, request) => {
  const { req, bucket, key, query } = request;
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new AwsFault('InvalidArgument', 'Part number must be an integer between 1 and 10000');
  }
  const upload = uploadOf(s3, request);
  const place = { arn: arnOf(bucket.name, key), kmsKeyArn: bucket.kmsKeyArn };
  const { segment, md5: etag, checksum } = await receive(req, s3.segments, place);
  const replaced = transaction(s3.db, () => {
    // It may have been completed or aborted while the bytes came in.
    const isOpen = s3.uploads.find(upload.id) !== undefined;
    const old = s3.uploads.parts(upload.id).find((part) => part.number === number);
    if (isOpen)
      s3.uploads.savePart(upload.id, { number, etag, checksum: checksum ?? null, segment });
    return isOpen ? old && [old.segment] : undefined;
  });
  if (s3.uploads.find(upload.id) === undefined) s3.segments.remove([segment]);
  uploadOf(s3, request);
  s3.segments.remove(replaced ?? []);
  return {
    status: 200,
    headers: {
      etag: `"${etag}"`,
      ...sealedHeaders(bucket),
      ...(checksum && { [headerOf(checksum.algorithm)]: checksum.value }),
    },
  };
};

/** The upload that the request names, on its own bucket and key; NoSuchUpload else. */
export function uploadOf({ uploads }: S3, { bucket, key, query }: Request): Upload {
  const upload = uploads.find(query.get('uploadId') ?? '');
  if (upload !== undefined && upload.bucket === bucket.name && upload.key === key) return upload;
  const message = 'The specified upload does not exist. It may have been aborted or completed.';
  throw new AwsFault('NoSuchUpload', message, { status: 404 });
}
