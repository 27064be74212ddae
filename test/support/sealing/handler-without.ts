import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import middy from '@middy/core';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { kms } from '#shared/aws/kms.ts';
import { s3 } from '#shared/aws/s3.ts';

/** The same function without sealing: the clients that it would need anyway. */
const carried = {
  shape: z.object({ a: z.string() }),
  s3,
  kms,
  dynamo,
  GetObjectCommand,
  PutObjectCommand,
};
export const handler = middy().handler(async () => [carried]);
