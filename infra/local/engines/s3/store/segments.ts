import { createCipheriv, createDecipheriv, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { DataKeys } from '#infra/local/engines/engine.ts';
import { scratchFolder } from '#infra/local/engines/scratch.ts';
import { AwsFault } from '#infra/local/engines/wire/fault.ts';

/** A file of bytes: a whole object, or one part of a multipart upload. */
export const Segment = z.object({
  file: z.string(),
  sizeBytes: z.number(),
  /** The data key, wrapped by KMS, base64; absent in a bucket without a key of ours. */
  wrapped: z.string().optional(),
  arn: z.string(),
});
export type Segment = z.infer<typeof Segment>;

export type SegmentStore = ReturnType<typeof openSegments>;

const pieceBytes = 256 * 1024;
const block = 16;

/**
 * Bytes on disk. A file belongs to an object only once a row names it, so a killed upload leaves
 * nothing but a stray file, which `sweep` takes away at the next start. Under a KMS key the bytes
 * are sealed as AWS does at rest (AES-256-CTR with a data key each, so ranges open by themselves).
 */
export function openSegments(folder: string | undefined, dataKeys: DataKeys | undefined) {
  const home = folder === undefined ? scratchFolder() : join(folder, 'objects');
  mkdirSync(home, { recursive: true });
  const pathOf = ({ file }: { file: string }) => join(home, file);
  const contextOf = (arn: string) => ({ 'aws:s3:arn': arn });
  const askKms = <T>(ask: (keys: DataKeys) => T): T => {
    if (dataKeys === undefined) throw new Error('A bucket under a KMS key needs `dataKeys`');
    try {
      return ask(dataKeys);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      throw new AwsFault(`KMS.${error.code}`, error.message);
    }
  };
  return {
    async write(
      source: AsyncIterable<Buffer>,
      { arn, kmsKeyArn }: { readonly arn: string; readonly kmsKeyArn: string | undefined },
    ): Promise<Segment> {
      const file = randomUUID();
      const key =
        kmsKeyArn === undefined
          ? undefined
          : askKms((keys) => keys.generate(kmsKeyArn, contextOf(arn)));
      const cipher = key && createCipheriv('aes-256-ctr', key.plaintext, Buffer.alloc(block));
      const handle = await open(pathOf({ file }), 'wx', 0o600);
      let sizeBytes = 0;
      try {
        for await (const piece of source) {
          sizeBytes += piece.length;
          await writeAll(handle, cipher?.update(piece) ?? piece);
        }
      } catch (error) {
        rmSync(pathOf({ file }), { force: true });
        throw error;
      } finally {
        await handle.close();
      }
      return { file, sizeBytes, arn, ...(key && { wrapped: key.wrapped.toString('base64') }) };
    },

    /** The bytes from `start` to `end` (excluded) of one segment, piece by piece. */
    async *read(segment: Segment, start: number, end: number): AsyncGenerator<Buffer> {
      const decipher = decipherAt(segment, start);
      const handle = await open(pathOf(segment), 'r');
      try {
        for (let at = start; at < end; ) {
          const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end - at));
          const { bytesRead } = await handle.read(piece, 0, piece.length, at);
          if (bytesRead === 0) throw new Error(`${segment.file} is shorter than its row says`);
          at += bytesRead;
          const bytes = piece.subarray(0, bytesRead);
          yield decipher?.update(bytes) ?? bytes;
        }
      } finally {
        await handle.close();
      }
    },

    /** Unwraps the key now, so that a disabled one is told before the first byte of an answer. */
    mustOpen(segments: readonly Segment[]): void {
      for (const segment of segments) decipherAt(segment, 0);
    },

    remove(segments: readonly Segment[]): void {
      for (const segment of segments) rmSync(pathOf(segment), { force: true });
    },

    sweep(kept: ReadonlySet<string>): void {
      for (const file of readdirSync(home))
        if (!kept.has(file)) rmSync(pathOf({ file }), { force: true });
    },

    close(): void {
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };

  /** CTR at an offset: the counter starts at the block, the rest of the block is skipped. */
  function decipherAt({ wrapped, arn }: Segment, start: number) {
    if (wrapped === undefined) return undefined;
    const key = askKms((keys) => keys.open(Buffer.from(wrapped, 'base64'), contextOf(arn)));
    const counter = Buffer.alloc(block);
    counter.writeBigUInt64BE(BigInt(Math.floor(start / block)), 8);
    const decipher = createDecipheriv('aes-256-ctr', key, counter);
    decipher.update(Buffer.alloc(start % block));
    return decipher;
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at);
    at += bytesWritten;
  }
}
