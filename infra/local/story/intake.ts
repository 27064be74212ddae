import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Client } from '#infra/local/client.ts';

const Import = z.object({
  file: z.string(),
  state: z.enum(['running', 'done', 'refused']),
  lines: z.number(),
  imported: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  errors: z.number(),
});
export type ImportTold = z.infer<typeof Import>;
const Imports = z.object({ imports: z.array(Import), next: z.string().optional() });

/** Drops a file into the intake bucket as the insurer does, waits for it, and returns what the API says of it. */
export async function bringIn(
  client: Client,
  given: { token: string; file: string; text: string },
): Promise<ImportTold> {
  const { door, region, operator, resources } = client.info;
  const Bucket = resources.INTAKE_BUCKET;
  if (!Bucket) throw new Error('this world has no intake bucket');
  const s3 = new S3Client({ endpoint: door, region, credentials: operator, forcePathStyle: true });
  const Key = `incoming/${given.file}`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(given.text) }));
  s3.destroy();
  await client.idle();
  const answer = await client.call({
    method: 'GET',
    path: '/enrolment/imports?limit=50',
    token: given.token,
  });
  if (answer.status !== 200)
    throw new Error(`The imports are not told: ${answer.status} ${JSON.stringify(answer.body)}`);
  const found = Imports.parse(answer.body).imports.find((one) => one.file === Key);
  if (!found || found.state === 'running') throw new Error(`${Key} was not taken in`);
  return found;
}
