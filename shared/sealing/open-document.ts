import { once } from 'node:events';
import { pipeline, Readable, Transform } from 'node:stream';
import type { MessageHeader } from '@aws-crypto/client-node';
import { type DocumentContext, encryption, isSealedFor } from './document.ts';
import { largestWholeBytes, overheadBytes, streamFrameBytes } from './frames.ts';
import { branchOfHolder } from './holder-branch.ts';
import { IntegrityError } from './integrity.ts';
import { type BranchKeyring, keyringOf } from './kept-keys.ts';

/**
 * Opens a document. A small one is checked to its end before this resolves; of a large one the header, the
 * key's commitment and the context are, and each frame before its bytes go out. An `IntegrityError`, at once
 * or later on the stream, when anything differs from what was sealed for this holder, document and version;
 * failures of the source and of AWS stay as they are.
 */
export async function openDocument(sealed: Readable, expected: DocumentContext): Promise<Readable> {
  const branch = keyringOf(expected.branch ?? branchOfHolder(expected.holder));
  const source = piecesOf(sealed);
  const { head, isWhole } = await headOf(source);
  if (isWhole) return Readable.from([await openWhole(head, expected, branch)]);
  return openStream({ sealed, source: joined(head, source) }, expected, branch);
}

type Pieces = AsyncGenerator<Buffer, void, undefined>;

/** The source in large pieces: each costs the Encryption SDK several turns, whatever its size. */
async function* piecesOf(sealed: Readable): Pieces {
  let pieces: Buffer[] = [];
  let held = 0;
  for await (const piece of sealed) {
    pieces.push(piece);
    held += piece.length;
    if (held < streamFrameBytes) continue;
    yield pieces.length > 1 ? Buffer.concat(pieces, held) : piece;
    pieces = [];
    held = 0;
  }
  if (held > 0) yield Buffer.concat(pieces, held);
}

/** Reads on until it is clear whether the document is a small one. */
async function headOf(source: Pieces): Promise<{ head: readonly Buffer[]; isWhole: boolean }> {
  const head: Buffer[] = [];
  let held = 0;
  while (held <= largestWholeBytes) {
    const { done, value } = await source.next();
    if (done || !value) return { head, isWhole: true };
    head.push(value);
    held += value.length;
  }
  return { head, isWhole: false };
}

async function* joined(head: readonly Buffer[], source: Pieces): Pieces {
  try {
    yield* head;
    yield* source;
  } finally {
    // Whoever stops in the middle also lets go of the vault's connection.
    await source.return();
  }
}

const broken = () => new IntegrityError('the document does not open');

async function openWhole(
  head: readonly Buffer[],
  expected: DocumentContext,
  { keyring, reason }: BranchKeyring,
): Promise<Buffer> {
  const [only = Buffer.alloc(0)] = head;
  const sealed = head.length > 1 ? Buffer.concat(head) : only;
  const options = { maxBodySize: largestWholeBytes };
  const { plaintext, messageHeader } = await encryption
    .decrypt(keyring, sealed, options)
    .catch(() => Promise.reject(reason() ?? broken()));
  const size = plaintext.length + overheadBytes(messageHeader, plaintext.length);
  if (!isSealedFor(messageHeader, expected) || sealed.length !== size) throw broken();
  return plaintext;
}

async function openStream(
  { sealed, source }: { sealed: Readable; source: Pieces },
  expected: DocumentContext,
  { keyring, reason }: BranchKeyring,
): Promise<Readable> {
  const options = { maxBodySize: streamFrameBytes };
  const opening = encryption.decryptUnsignedMessageStream(keyring, options);
  const judged = (error: Error) => sealed.errored ?? asError(reason()) ?? given(error);
  let header: MessageHeader | undefined;
  const bytes = { sealed: 0, clear: 0 };
  const clear = new Transform({
    highWaterMark: streamFrameBytes,
    transform(piece: Buffer, _encoding, done) {
      bytes.clear += piece.length;
      done(null, piece);
    },
    // Bytes behind the last frame change nothing that is read, but nobody of ours put them there.
    flush(done) {
      const overhead = header ? overheadBytes(header, bytes.clear) : Number.NaN;
      done(bytes.sealed === bytes.clear + overhead ? null : broken());
    },
    destroy: (error, done) => done(error && judged(error)),
  });
  const failed = once(clear, 'close').then(() => Promise.reject(clear.errored ?? broken()));
  failed.catch(() => undefined);
  const parsed = new Promise<MessageHeader>((tell) => opening.once('MessageHeader', tell));
  // It may tell of its end once more when everything is over; the pipeline listens no longer then.
  opening.on('error', () => undefined);
  pipeline(Readable.from(counted(source, bytes)), opening, clear, () => undefined);
  const told = await Promise.race([parsed, failed]);
  if (!isSealedFor(told, expected)) {
    clear.destroy();
    throw broken();
  }
  header = told;
  return clear;
}

async function* counted(source: Pieces, bytes: { sealed: number }): Pieces {
  for await (const piece of source) {
    bytes.sealed += piece.length;
    yield piece;
  }
}

const asError = (value: unknown) => (value instanceof Error ? value : undefined);
/** Who hung up is no sign of a change. */
const given = (error: Error): Error => (error.name === 'AbortError' ? error : broken());
