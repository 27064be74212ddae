import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { S3Engine } from '#infra/local/engines/engine.ts';
import { createS3 } from '#infra/local/engines/s3/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, operator, place } from './support.ts';

interface Given {
  readonly endpoint: string;
  readonly bucket: string;
}

const hour = 3_600_000;

/** Who may not: the same against AWS, which needs a bucket and keys of an account. */
function contract(given: () => Given) {
  const client = (more = {}) => new S3Client({ ...clientOf(given().endpoint), ...more });
  const get = (by: S3Client) =>
    by.send(new GetObjectCommand({ Bucket: given().bucket, Key: 'signed é' }));
  /** A URL signed by the SDK's own signer, as it stands after its middleware. */
  const presign = async (
    method: 'GET' | 'PUT',
    more: { at?: Date; seconds?: number; sha256?: string } = {},
  ) => {
    const by = client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const sum = more.sha256 === undefined ? {} : { 'x-amz-checksum-sha256': more.sha256 };
    let url = '';
    by.middlewareStack.add(
      () =>
        async ({ request }) => {
          const signer = await by.config.signer();
          if (!('presign' in signer) || typeof signer.presign !== 'function')
            throw new Error('no presign');
          const headers = {
            host: new URL(given().endpoint).host,
            'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
            ...sum,
          };
          const plain = { ...Object(request), method, headers, body: undefined };
          const options = {
            expiresIn: more.seconds ?? 60,
            ...(more.at && { signingDate: more.at }),
            unhoistableHeaders: new Set(Object.keys(sum)),
          };
          const signed = await signer.presign(plain, options);
          const query = new URLSearchParams(signed.query);
          url = `${given().endpoint}${signed.path}?${query.toString().replaceAll('+', '%20')}`;
          throw new Error('signed');
        },
      { step: 'finalizeRequest', priority: 'high' },
    );
    await errorOf(get(by));
    return url;
  };
  const status = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, init);
    const text = await response.text();
    return `${response.status} ${/<Code>(.*)<\/Code>/.exec(text)?.[1] ?? text}`;
  };

  beforeAll(async () => {
    await client().send(
      new PutObjectCommand({ Bucket: given().bucket, Key: 'signed é', Body: 'content' }),
    );
  });

  test('an unsigned request, an unknown key and a wrong secret are refused by name', async () => {
    expect(await status(`${given().endpoint}/${given().bucket}/signed`)).toBe('403 AccessDenied');
    const unknown = { ...operator, accessKeyId: 'NOBODY' };
    expect(await errorOf(get(client({ credentials: unknown })))).toBe('InvalidAccessKeyId');
    const wrong = { ...operator, secretAccessKey: 'wrong' };
    expect(await errorOf(get(client({ credentials: wrong })))).toBe('SignatureDoesNotMatch');
  });

  test('a signature of another hour is refused as skewed', async () => {
    const late = client({ systemClockOffset: -hour });
    expect(await errorOf(get(late))).toBe('RequestTimeTooSkewed');
  });

  test('a request changed after it was signed is refused', async () => {
    const by = client();
    by.middlewareStack.add(
      (next) => async (args) => {
        Object.assign(args.request ?? {}, { path: `/${given().bucket}/another` });
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    expect(await errorOf(get(by))).toBe('SignatureDoesNotMatch');
  });

  test('a presigned URL works until it expires, for what was signed only', async () => {
    expect(await status(await presign('GET'))).toBe('200 content');
    const url = await presign('GET');
    expect(await status(url.replace(/Signature=..../, 'Signature=0000'))).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await status(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await status(url, { method: 'DELETE' })).toBe('403 SignatureDoesNotMatch');
    const expired = await presign('GET', { at: new Date(Date.now() - hour), seconds: 60 });
    expect(await status(expired)).toBe('403 AccessDenied');
    expect(await status(await presign('GET', { at: new Date(Date.now() + hour) }))).toMatch(/^403/);
  });

  test('a header added to a signed request is refused', async () => {
    const headers = { 'x-amz-meta-added': 'x' };
    expect(await status(await presign('PUT'), { method: 'PUT', body: 'x', headers })).toBe(
      '403 AccessDenied',
    );
  });

  test('an upload bound to a SHA-256 takes that content and no other', async () => {
    const sha256 = createHash('sha256').update('right').digest('base64');
    const url = await presign('PUT', { sha256 });
    const headers = { 'x-amz-checksum-sha256': sha256 };
    expect(await status(url, { method: 'PUT', body: 'wrong', headers })).toBe('400 BadDigest');
    expect(await status(url, { method: 'PUT', body: 'right', headers })).toBe('200 ');
    expect(await status(url, { method: 'PUT', body: 'right' })).toBe('403 SignatureDoesNotMatch');
  });
}

describe('S3 signatures, at home', () => {
  let served: Served<S3Engine>;
  beforeAll(async () => {
    const secretOf = (id: string) =>
      id === operator.accessKeyId ? operator.secretAccessKey : undefined;
    served = await serveEngine(() =>
      createS3({ ...place, folder: undefined, now: Date.now, secretOf }),
    );
    served.engine.createBucket({ name: 'bucket', versioned: false });
  });
  afterAll(() => served.close());
  contract(() => ({ endpoint: served.url, bucket: 'bucket' }));
});
