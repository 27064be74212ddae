import { mustBeSealedAs } from '../allowed.ts';
import { algorithmOf } from '../body/checksum.ts';
import { type S3Operation, sealedHeaders } from '../context.ts';
import { keptHeaders } from '../kept.ts';
import { xmlDocument } from '../xml.ts';

export const createUpload: S3Operation = (s3, { req, bucket, key }) => {
  mustBeSealedAs(bucket, req.headers);
  const asked = req.headers['x-amz-checksum-algorithm'];
  const algorithm = typeof asked === 'string' ? algorithmOf(asked) : null;
  const id = s3.uploads.begin({
    bucket: bucket.name,
    key,
    kept: keptHeaders(req.headers),
    algorithm,
  });
  return {
    status: 200,
    headers: {
      ...sealedHeaders(bucket),
      ...(algorithm && {
        'x-amz-checksum-algorithm': algorithm,
        'x-amz-checksum-type': 'COMPOSITE',
      }),
    },
    body: xmlDocument([
      'InitiateMultipartUploadResult',
      [
        ['Bucket', bucket.name],
        ['Key', key],
        ['UploadId', id],
      ],
    ]),
  };
};
