import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import middy from '@middy/core';
import * as z from 'zod';
import { s3 } from '#shared/aws/s3.ts';
import { openDocument } from '#shared/sealing/open-document.ts';
import { sealBytes } from '#shared/sealing/seal-document.ts';
import { openSmall, sealSmall } from '#shared/sealing/small.ts';

/** A function with all that a room of documents carries; never run, only weighed and loaded. */
const carried = { shape: z.object({ a: z.string() }), s3, GetObjectCommand, PutObjectCommand };
export const handler = middy().handler(async () => [
  ...[carried, openDocument, sealBytes, openSmall, sealSmall],
]);
