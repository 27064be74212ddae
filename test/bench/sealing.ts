import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import process from 'node:process';
import { Readable } from 'node:stream';
import type { Side } from './rounds.ts';

const mib = 1024 * 1024;
/** As a socket brings them. */
const pieceBytes = 64 * 1024;

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Reads a stream to its end and forgets it, as whoever passes it on; the pieces when they are wanted. */
async function drained(stream: Readable, into?: Buffer[]): Promise<void> {
  for await (const piece of stream) into?.push(piece);
}

/** What a room of documents uses, loaded once the environment is that of one. */
async function sealing() {
  const { sealBytes, sealStream } = await import('#shared/sealing/seal-document.ts');
  const { openDocument } = await import('#shared/sealing/open-document.ts');
  const { sealSmall, openSmall } = await import('#shared/sealing/small.ts');
  return { sealBytes, sealStream, openDocument, sealSmall, openSmall };
}

const context = { holder: 'bench', document: 'd1', version: 1 };

/**
 * Sealing and opening of one document against bare AES-256-GCM with one SHA-256 over the same streams; times
 * of a pair (ms). Without integrity of parts, bare gives out what it has not yet checked: that is its lead.
 */
export async function sealingSides(sizeMib: number, times: number) {
  const { sealBytes, sealStream, openDocument } = await sealing();
  const plain = randomBytes(sizeMib * mib);
  const isStreamed = sizeMib >= 4;

  const ours: Side = async () => {
    const begun = performance.now();
    for (let time = 0; time < times; time += 1) {
      const sealed: Buffer[] = [];
      if (isStreamed) {
        const clear = { stream: Readable.from(pieces(plain)), sizeBytes: plain.length };
        const { stream, sha256 } = await sealStream(clear, context);
        await drained(stream, sealed);
        sha256();
      } else sealed.push(...pieces(Buffer.from((await sealBytes(plain, context)).bytes)));
      await drained(await openDocument(Readable.from(sealed), context));
    }
    return (performance.now() - begun) / times;
  };

  const bare: Side = async () => {
    const begun = performance.now();
    for (let time = 0; time < times; time += 1) {
      const [key, iv] = [randomBytes(32), randomBytes(12)];
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const hash = createHash('sha256');
      const sealed: Buffer[] = [];
      const take = (piece: Buffer) => {
        hash.update(piece);
        sealed.push(cipher.update(piece));
      };
      if (isStreamed) for await (const piece of Readable.from(pieces(plain))) take(piece);
      else take(plain);
      cipher.final();
      hash.digest();
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag());
      const arriving = sealed.flatMap((piece) => [...pieces(piece)]);
      for await (const piece of Readable.from(arriving)) decipher.update(piece);
      decipher.final();
    }
    return (performance.now() - begun) / times;
  };
  return { ours, bare };
}

/** Memory above idle while a document of so many MiB is sealed and opened piece by piece (MiB). */
export async function memoryAboveIdle(sizeMib: number): Promise<number> {
  const { sealStream, openDocument } = await sealing();
  const piece = randomBytes(pieceBytes);
  const count = (sizeMib * mib) / pieceBytes;
  const source = () => Readable.from(Array.from({ length: count }, () => piece));
  // Code, keys and buffers of the first use are no memory of the document.
  const first = await sealStream(
    { stream: Readable.from([piece]), sizeBytes: pieceBytes },
    context,
  );
  await drained(await openDocument(first.stream, context));
  globalThis.gc?.();
  const idle = process.memoryUsage.rss();
  let most = idle;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 2);
  // Sealed and opened in one go: neither is ever held as a whole.
  const sealed = await sealStream({ stream: source(), sizeBytes: sizeMib * mib }, context);
  await drained(await openDocument(sealed.stream, context));
  clearInterval(watch);
  return (most - idle) / mib;
}

/** Sealing and opening one small item under a key that is known (ms). */
export async function smallItem(times: number): Promise<number> {
  const { sealSmall, openSmall } = await sealing();
  const [branch, bound] = ['holder-bench', { holder: 'bench', kind: 'index', version: 1 }];
  const value = { title: 'x'.repeat(200), category: 'y'.repeat(40) };
  const begun = performance.now();
  for (let time = 0; time < times; time += 1)
    await openSmall(await sealSmall(branch, value, bound), bound);
  return (performance.now() - begun) / times;
}
