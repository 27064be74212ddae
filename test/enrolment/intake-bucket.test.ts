import { describe, expect, test, vi } from 'vitest';

vi.stubEnv('INTAKE_BUCKET', 'intake');
const send = vi.fn();
vi.mock('#shared/aws/s3.ts', () => ({ s3: { send } }));
const { chunksOf, FileGone } = await import('#functions/enrolment/intake-bucket.ts');

const file = { file: 'a.csv', etag: 'e', sizeBytes: 10 };
const named = (name: string) => Object.assign(new Error('no'), { name });
const first = (error: Error) => {
  send.mockReset().mockRejectedValue(error);
  return chunksOf(file, 0).next();
};

describe('ENR-1: a file of insured people that is not there any more', () => {
  // To who may not list a bucket S3 says of it that it is denied.
  test.each(['NoSuchKey', 'NotFound', 'PreconditionFailed', 'AccessDenied'])(
    '%s: is gone, so its import ends',
    async (name) => await expect(first(named(name))).rejects.toBeInstanceOf(FileGone),
  );

  test.each(['SlowDown', 'InternalError', 'TimeoutError'])(
    '%s: is tried again',
    async (name) => await expect(first(named(name))).rejects.toMatchObject({ name }),
  );
});
