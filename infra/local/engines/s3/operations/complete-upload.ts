import { createHash } from 'node:crypto';
import { readBody } from '#infra/local/engines/wire/body.ts';
import { AwsFault, notImplemented } from '#infra/local/engines/wire/fault.ts';
import { composite } from '../body/checksum.ts';
import { commit, etagOf } from '../commit.ts';
import { type S3Operation, sealedHeaders, versionHeader } from '../context.ts';
import type { Checksum, Part, Upload } from '../store/rows.ts';
import { xmlDocument } from '../xml.ts';
import { uploadOf } from './upload-part.ts';

const minPartBytes = 5 * 1024 * 1024;
const maxBodyBytes = 4 * 1024 * 1024;

/** Joins the parts that the caller lists, without copying a byte: the object is its parts in order. */
export const completeUpload: S3Operation = async (s3, request) => {
  const { req, bucket, key } = request;
  const listed = listedParts((await readBody(req, maxBodyBytes)).toString('utf8'));
  const upload = uploadOf(s3, request);
  const sent = s3.uploads.parts(upload.id);
  const parts = listed.map((one) => sentPart(sent, one));
  mustBeOrdered(parts);
  const checksum = checksumOf(upload, parts);
  const md5 = createHash('md5').update(Buffer.from(parts.map(({ etag }) => etag).join(''), 'hex'));
  const etag = `${etagOf(md5.digest('hex'), bucket.kmsKeyArn !== undefined)}-${parts.length}`;
  const { versionId } = await commit(s3, request, {
    reason: 'CompleteMultipartUpload',
    etag,
    kept: upload.kept,
    checksum,
    segments: parts.map(({ segment }) => segment),
    alongside: () => s3.uploads.end(upload.id),
  });
  const used = new Set(parts.map(({ number }) => number));
  s3.segments.remove(sent.filter(({ number }) => !used.has(number)).map(({ segment }) => segment));
  return {
    status: 200,
    headers: { ...versionHeader(bucket, versionId), ...sealedHeaders(bucket) },
    body: xmlDocument([
      'CompleteMultipartUploadResult',
      [
        ['Bucket', bucket.name],
        ['Key', key],
        ['ETag', `"${etag}"`],
        ...(checksum ? [[`Checksum${checksum.algorithm}`, checksum.value] as const] : []),
      ],
    ]),
  };
};

interface Listed {
  readonly number: number;
  readonly etag: string;
  readonly checksum: string | undefined;
}

/** The SDK writes this body; only its flat elements are read, and anything else is malformed. */
function listedParts(body: string): Listed[] {
  const parts = [...body.matchAll(/<Part>([\s\S]*?)<\/Part>/g)].map(([, inner = '']) => {
    const of = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(inner)?.[1];
    const etag = of('ETag')?.replaceAll('&quot;', '').replaceAll('"', '') ?? '';
    return {
      number: Number(of('PartNumber')),
      etag,
      checksum: of('ChecksumCRC32') ?? of('ChecksumSHA256'),
    };
  });
  if (/<Checksum(?!CRC32>|SHA256>)/.test(body))
    throw notImplemented('S3 checksums other than CRC32, SHA256');
  if (parts.length > 0 && parts.every(({ number }) => Number.isInteger(number))) return parts;
  throw new AwsFault('MalformedXML', 'The XML you provided was not well-formed');
}

function sentPart(sent: readonly Part[], { number, etag, checksum }: Listed): Part {
  const part = sent.find((one) => one.number === number && one.etag === etag);
  const isOther = checksum !== undefined && checksum !== part?.checksum?.value;
  if (part !== undefined && !isOther) return part;
  throw new AwsFault('InvalidPart', 'One or more of the specified parts could not be found.');
}

function mustBeOrdered(parts: readonly Part[]): void {
  if (parts.some((part, n) => n > 0 && part.number <= (parts[n - 1]?.number ?? 0))) {
    throw new AwsFault('InvalidPartOrder', 'The list of parts was not in ascending order.');
  }
  if (parts.slice(0, -1).some(({ segment }) => segment.sizeBytes < minPartBytes)) {
    throw new AwsFault(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
    );
  }
}

function checksumOf({ algorithm }: Upload, parts: readonly Part[]): Checksum | undefined {
  if (algorithm === null) return undefined;
  const values = parts.map(({ checksum }) =>
    checksum?.algorithm === algorithm ? checksum.value : undefined,
  );
  const given = values.filter((value) => value !== undefined);
  if (given.length < parts.length) {
    throw new AwsFault(
      'InvalidRequest',
      `Each part needs the ${algorithm} that the upload was begun with.`,
    );
  }
  return { algorithm, value: composite(algorithm, given) };
}
