import type { IncomingMessage } from 'node:http';
import { AwsFault } from './fault.ts';

/** Reads a request whole, up to a limit in bytes (413 beyond). Not for S3, which streams. */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) {
      throw new AwsFault('RequestEntityTooLarge', `More than ${maxBytes} bytes`, { status: 413 });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
