import { AwsFault } from '#infra/local/engines/wire/fault.ts';
import type { S3Operation } from '../context.ts';
import { encode } from '../signature/canonical.ts';
import type { Stored } from '../store/rows.ts';
import { type XmlElement, xmlDocument } from '../xml.ts';

/**
 * ListObjectVersions by prefix: every version and delete marker, newest first within a key, in pages of at
 * most 1,000. The version marker bears its place in our catalogue, so that a page goes on behind what was
 * deleted since.
 */
export const listObjectVersions: S3Operation = ({ catalogue }, { bucket, query }) => {
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? undefined;
  const maxKeys = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 1)
    throw new AwsFault('InvalidArgument', 'max-keys is not a number of keys');
  if (versionMarker !== undefined && keyMarker === '')
    throw new AwsFault('InvalidArgument', 'A version-id marker cannot be given without a key.');
  // A key alone as the marker: what follows that key.
  const seq = Number(/^~(\d+)$/.exec(versionMarker ?? '')?.[1] ?? 0);
  const found = catalogue.listVersions({
    ...{ bucket: bucket.name, prefix, key: keyMarker, seq, limit: maxKeys + 1 },
  });
  const shown = found.slice(0, maxKeys);
  const last = found.length > maxKeys ? shown.at(-1) : undefined;
  const written = query.get('encoding-type') === 'url' ? encode : (key: string) => key;
  let before: string | undefined = seq > 0 ? keyMarker : undefined;
  const elements = shown.map((one): XmlElement => {
    const isLatest = one.key !== before;
    before = one.key;
    const told = elementOf(one, { written, isLatest });
    return one.isDeleteMarker ? ['DeleteMarker', told] : ['Version', told];
  });
  const result: XmlElement[] = [
    ['Name', bucket.name],
    ['Prefix', written(prefix)],
    ['KeyMarker', written(keyMarker)],
    ['VersionIdMarker', versionMarker ?? ''],
    ['MaxKeys', maxKeys],
    ['EncodingType', query.get('encoding-type') ?? undefined],
    ['IsTruncated', last !== undefined],
    ['NextKeyMarker', last && written(last.key)],
    ['NextVersionIdMarker', last && `~${last.seq}`],
    ...elements,
  ];
  return { status: 200, body: xmlDocument(['ListVersionsResult', result]) };
};

function elementOf(
  one: Stored,
  { written, isLatest }: { written: (key: string) => string; isLatest: boolean },
): XmlElement[] {
  const place: XmlElement[] = [
    ['Key', written(one.key)],
    ['VersionId', one.versionId],
    ['IsLatest', isLatest],
    ['LastModified', new Date(one.at).toISOString()],
  ];
  if (one.isDeleteMarker) return place;
  return [
    ...place,
    ['ETag', `"${one.etag}"`],
    ['Size', one.sizeBytes],
    ['StorageClass', 'STANDARD'],
  ];
}
