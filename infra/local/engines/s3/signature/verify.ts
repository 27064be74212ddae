import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { SecretOf } from '#infra/local/engines/engine.ts';
import { AwsFault } from '#infra/local/engines/wire/fault.ts';
import { canonicalRequest, signatureOf } from './canonical.ts';
import { type Claim, readClaim } from './read.ts';

const skewMs = 15 * 60_000;

interface Signed {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** The access key that truly signed this request; else 403 under S3's name. Times are world time. */
export function verifySignature(
  request: Signed,
  by: { readonly secretOf: SecretOf; readonly now: number; readonly region: string },
): string {
  const claim = readClaim(request.query, request.headers);
  const secret = by.secretOf(claim.accessKeyId);
  if (secret === undefined) throw denied('InvalidAccessKeyId', 'The access key does not exist.');
  mustBeTimely(claim, by.now);
  mustSignAll(claim, request.headers);
  const { scope } = claim;
  if (scope.service !== 's3' || scope.region !== by.region || !claim.at.startsWith(scope.date)) {
    throw denied('SignatureDoesNotMatch', `The scope must be the day, ${by.region} and s3.`);
  }
  const isPresigned = claim.expiresSeconds !== undefined;
  const payloadHash = isPresigned
    ? 'UNSIGNED-PAYLOAD'
    : String(request.headers['x-amz-content-sha256']);
  const canonical = canonicalRequest({
    ...request,
    signedHeaders: claim.signedHeaders,
    payloadHash,
  });
  const right = signatureOf(canonical, { secret, at: claim.at, scope });
  const given = Buffer.from(claim.signature);
  if (given.length !== right.length || !timingSafeEqual(given, Buffer.from(right))) {
    throw denied('SignatureDoesNotMatch', 'The signature does not match the one calculated.');
  }
  return claim.accessKeyId;
}

function mustBeTimely({ at, expiresSeconds }: Claim, now: number): void {
  const signedAt = Date.parse(
    at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (Number.isNaN(signedAt))
    throw denied('AccessDenied', 'The date of the signature is unreadable.');
  if (expiresSeconds !== undefined && now > signedAt + expiresSeconds * 1000) {
    throw denied('AccessDenied', 'Request has expired');
  }
  const latest = expiresSeconds === undefined ? signedAt + skewMs : Number.POSITIVE_INFINITY;
  if (now > latest || now < signedAt - skewMs) {
    const message = 'The difference between the request time and the current time is too large.';
    throw denied('RequestTimeTooSkewed', message);
  }
}

/** An unsigned x-amz header could be added by anyone on the way. */
function mustSignAll({ signedHeaders }: Claim, headers: IncomingHttpHeaders): void {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const missing = needed.filter((name) => !signedHeaders.includes(name));
  if (missing.length === 0) return;
  throw denied(
    'AccessDenied',
    `There were headers present which were not signed: ${missing.join(', ')}`,
  );
}

const denied = (code: string, message: string) => new AwsFault(code, message, { status: 403 });
