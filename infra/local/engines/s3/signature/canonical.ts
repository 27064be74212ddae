import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** AWS's own percent-encoding: all but letters, digits and -._~ */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export interface Signable {
  readonly method: string;
  /** As sent, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/** The canonical request of Signature Version 4 as S3 reads it: the path is encoded once only. */
export function canonicalRequest({
  method,
  path: sentPath,
  query: sentQuery,
  headers,
  signedHeaders,
  payloadHash,
}: Signable): string {
  const path = sentPath
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const query = [...sentQuery]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const lines = signedHeaders.map((name) => `${name}:${headerValue(headers[name])}\n`).join('');
  return [method, path, query, lines, signedHeaders.join(';'), payloadHash].join('\n');
}

const headerValue = (value: string | string[] | undefined) =>
  String(value ?? '')
    .trim()
    .replace(/ +/g, ' ');

export interface Scope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** The signature in hex of a canonical request at an instant (`20220207T090000Z`) by a secret. */
export function signatureOf(
  canonical: string,
  by: { readonly secret: string; readonly at: string; readonly scope: Scope },
): string {
  const { date, region, service } = by.scope;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const hash = createHash('sha256').update(canonical).digest('hex');
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${by.secret}`, date));
  return hmac(key, `AWS4-HMAC-SHA256\n${by.at}\n${scope}\n${hash}`).toString('hex');
}
