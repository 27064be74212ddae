import type { IncomingHttpHeaders } from 'node:http';
import { AwsFault, notImplemented } from '../wire/fault.ts';
import type { Settings } from './store/rows.ts';

const always = new Set([
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-user-agent',
  // The world gives each worker one, to know which of them calls.
  'x-amz-security-token',
  'x-amz-decoded-content-length',
  'x-amz-trailer',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-checksum-algorithm',
  'x-amz-checksum-mode',
]);
const sealing = 'x-amz-server-side-encryption';
/** Of a presigned URL. A checksum hoisted into the query binds nothing, so it is none of these. */
const signing =
  /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Content-Sha256|Security-Token)$/i;
const harmless = ['x-id', 'x-amz-user-agent', 'x-amz-checksum-mode'];
const loud = ['if-modified-since', 'if-unmodified-since', 'if-range', 'x-amz-checksum-type'];

/** 501 for any header or parameter that S3 would act on and home would not. */
export function mustBePlayed(
  operation: string,
  asked: {
    readonly headers: IncomingHttpHeaders;
    readonly query: URLSearchParams;
    readonly parameters: readonly string[];
    readonly conditions: boolean;
  },
): void {
  const refused = asked.conditions ? loud : [...loud, 'if-match', 'if-none-match'];
  const header = Object.keys(asked.headers).find(
    (name) => refused.includes(name) || isUnknown(name),
  );
  if (header !== undefined) throw notImplemented(`S3 ${operation} with header ${header}`);
  const parameter = [...asked.query.keys()].find(
    (name) => !signing.test(name) && ![...harmless, ...asked.parameters].includes(name),
  );
  if (parameter !== undefined) throw notImplemented(`S3 ${operation} with parameter ${parameter}`);
}

function isUnknown(name: string): boolean {
  if (!name.startsWith('x-amz-') || always.has(name)) return false;
  return !['x-amz-meta-', 'x-amz-checksum-', sealing].some((known) => name.startsWith(known));
}

/** An upload may name the encryption that the bucket has anyway; another one is 501. */
export function mustBeSealedAs({ kmsKeyArn }: Settings, headers: IncomingHttpHeaders): void {
  const asked = headers[sealing];
  const key = headers[`${sealing}-aws-kms-key-id`];
  const known = [sealing, `${sealing}-aws-kms-key-id`, `${sealing}-bucket-key-enabled`];
  const other = Object.keys(headers).find(
    (name) => name.startsWith(sealing) && !known.includes(name),
  );
  const own = kmsKeyArn === undefined ? 'AES256' : 'aws:kms';
  if (other !== undefined || (asked !== undefined && asked !== own)) {
    throw notImplemented(`S3 encryption other than the bucket's: ${other ?? String(asked)}`);
  }
  if (key !== undefined && key !== kmsKeyArn) {
    throw new AwsFault('KMS.NotFoundException', 'Home plays no other key than the bucket’s.');
  }
}
