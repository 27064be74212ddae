import { S3Client } from '@aws-sdk/client-s3';
import { endpoint, options } from './options.ts';

/** One address for all cannot carry the bucket in its host name. */
export const s3 = new S3Client({ ...options, forcePathStyle: endpoint !== undefined });
