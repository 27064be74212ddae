import type { IncomingHttpHeaders } from 'node:http';
import { AwsFault } from '#infra/local/engines/wire/fault.ts';
import type { Scope } from './canonical.ts';

/** What a request says of its own signature, unverified. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** As signed: `20220207T090000Z`. */
  readonly at: string;
  /** Set for a presigned URL. */
  readonly expiresSeconds?: number;
}

/** Reads the signature from the Authorization header, or from the query of a presigned URL. */
export function readClaim(query: URLSearchParams, headers: IncomingHttpHeaders): Claim {
  const claim = query.has('X-Amz-Algorithm') ? presigned(query) : inHeader(headers);
  if (claim === undefined) throw new AwsFault('AccessDenied', 'Access Denied', { status: 403 });
  return claim;
}

function inHeader(headers: IncomingHttpHeaders): Claim | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  const [, credential = '', signedHeaders = '', signature = ''] = match ?? [];
  const at = headers['x-amz-date'];
  if (match === null || typeof at !== 'string') return undefined;
  return claimOf({ credential, signedHeaders, signature, at });
}

function presigned(query: URLSearchParams): Claim | undefined {
  const of = (name: string) => query.get(`X-Amz-${name}`) ?? '';
  if (of('Algorithm') !== 'AWS4-HMAC-SHA256') return undefined;
  const expiresSeconds = Number(of('Expires'));
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > 604_800) {
    const message = 'X-Amz-Expires must be between 1 and 604800 seconds';
    throw new AwsFault('AuthorizationQueryParametersError', message);
  }
  const claim = claimOf({
    credential: of('Credential'),
    signedHeaders: of('SignedHeaders'),
    signature: of('Signature'),
    at: of('Date'),
  });
  return claim && { ...claim, expiresSeconds };
}

function claimOf(told: {
  credential: string;
  signedHeaders: string;
  signature: string;
  at: string;
}): Claim | undefined {
  const [accessKeyId, date, region, service, end, ...more] = told.credential.split('/');
  if (!accessKeyId || !date || !region || !service || end !== 'aws4_request' || more.length > 0) {
    return undefined;
  }
  const { signature, at } = told;
  const signedHeaders = told.signedHeaders.split(';');
  return { accessKeyId, scope: { date, region, service }, signedHeaders, signature, at };
}
