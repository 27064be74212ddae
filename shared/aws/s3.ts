import { S3Client } from '@aws-sdk/client-s3';
import { endpoint, options } from './options.ts';

/** One address for all cannot carry the bucket in its host name. */
export const s3 = new S3Client({ ...options, forcePathStyle: endpoint !== undefined });

/**
 * For what is sealed: each byte is authenticated when it is opened, so a changed one must reach the one who
 * opens it, and be told as such, not as a transfer that failed.
 */
export const sealedS3 = new S3Client({
  ...options,
  forcePathStyle: endpoint !== undefined,
  responseChecksumValidation: 'WHEN_REQUIRED',
});
