import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';
import type { RowError } from './import-store.ts';

const { INTAKE_BUCKET: Bucket } = env({ INTAKE_BUCKET: z.string().min(1) });

const chunkBytes = 1024 * 1024;

/** The file is not the one that was announced any more. */
export class FileGone extends Error {
  override readonly name = 'FileGone';
}

const Named = z.object({ name: z.string() });

/** To who may not list a bucket S3 says of an object that is not there that it is denied. */
const goneNames = ['NoSuchKey', 'NotFound', 'PreconditionFailed', 'AccessDenied'];

function gone(error: unknown): never {
  const { name } = Named.catch({ name: '' }).parse(error);
  if (goneNames.includes(name)) throw new FileGone();
  throw error;
}

interface File {
  readonly file: string;
  readonly etag: string;
  readonly sizeBytes: number;
}

async function range({ file: Key, etag, sizeBytes }: File, from: number): Promise<Uint8Array> {
  const last = Math.min(from + chunkBytes, sizeBytes) - 1;
  const get = new GetObjectCommand({
    Bucket,
    Key,
    Range: `bytes=${from}-${last}`,
    IfMatch: `"${etag}"`,
  });
  const { Body } = await s3.send(get).catch(gone);
  if (!Body) throw new Error('S3 gave no body');
  return Body.transformToByteArray();
}

/** The bytes of a file from an offset on, in chunks of 1 MiB; the next is fetched while one is worked on. */
export async function* chunksOf(file: File, offset: number): AsyncGenerator<Uint8Array> {
  let next = offset < file.sizeBytes ? range(file, offset) : undefined;
  for (let at = offset; next; ) {
    const chunk = await next;
    at += chunk.length;
    next = at < file.sizeBytes && chunk.length > 0 ? range(file, at) : undefined;
    // Its failure is met when it is awaited, or does not matter any more.
    next?.catch(() => undefined);
    yield chunk;
  }
}

const partKey = (id: string, part: number): string => `results/${id}/errors-${part}.csv`;
export const resultKey = (id: string): string => `results/${id}.json`;

/** Writes one part of an import's errors: line, field and code, never the content. */
export async function putErrors(id: string, part: number, errors: readonly RowError[]) {
  const lines = errors.map(({ line, field, code }) => `${line};${field};${code}\r\n`);
  const Body = `line;field;code\r\n${lines.join('')}`;
  await put(partKey(id, part), Body, 'text/csv; charset=utf-8');
}

/** Writes the result of an import, with the names of its parts. */
export async function putResult(id: string, parts: number, result: object): Promise<void> {
  const keys = Array.from({ length: parts }, (_, part) => partKey(id, part));
  const Body = JSON.stringify({ ...result, errorParts: keys }, undefined, 2);
  await put(resultKey(id), Body, 'application/json; charset=utf-8');
}

async function put(Key: string, Body: string, ContentType: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
}
