import { AwsFault } from '#infra/local/engines/wire/fault.ts';
import type { S3Operation } from '../context.ts';
import { encode } from '../signature/canonical.ts';
import type { Stored } from '../store/rows.ts';
import { type XmlElement, xmlDocument } from '../xml.ts';

/** ListObjectsV2 by prefix, in pages of at most 1,000 keys. The continuation token is the last key. */
export const listObjects: S3Operation = ({ catalogue }, { bucket, query }) => {
  const prefix = query.get('prefix') ?? '';
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? undefined;
  const maxKeys = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw new AwsFault('InvalidArgument', 'max-keys is not a number of keys');
  }
  const after = token === null ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString();
  const found = catalogue.list({ bucket: bucket.name, prefix, after, limit: maxKeys + 1 });
  const shown = found.slice(0, maxKeys);
  const isTruncated = maxKeys > 0 && found.length > maxKeys;
  const written = query.get('encoding-type') === 'url' ? encode : (key: string) => key;
  const next = isTruncated ? Buffer.from(shown.at(-1)?.key ?? '').toString('base64url') : undefined;
  const result: XmlElement[] = [
    ['Name', bucket.name],
    ['Prefix', written(prefix)],
    ['MaxKeys', maxKeys],
    ['KeyCount', shown.length],
    ['IsTruncated', isTruncated],
    ['EncodingType', query.get('encoding-type') ?? undefined],
    ['StartAfter', startAfter && written(startAfter)],
    ['ContinuationToken', token ?? undefined],
    ['NextContinuationToken', next],
    ...shown.map((object): XmlElement => ['Contents', contents(object, written)]),
  ];
  return { status: 200, body: xmlDocument(['ListBucketResult', result]) };
};

function contents(object: Stored, written: (key: string) => string): XmlElement[] {
  return [
    ['Key', written(object.key)],
    ['LastModified', new Date(object.at).toISOString()],
    ['ETag', `"${object.etag}"`],
    ['Size', object.sizeBytes],
    ['StorageClass', 'STANDARD'],
  ];
}
