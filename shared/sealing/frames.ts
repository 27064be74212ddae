import type { MessageHeader } from '@aws-crypto/client-node';

const mib = 1024 * 1024;

/** Frame of a large document: so much is held, and checked, before its bytes go out. */
export const streamFrameBytes = mib;
/** A document below this is one frame: it costs least so, and goes out whole or not at all. */
const wholeFrameBytes = 4 * mib;
/** Header and tags of a document in one frame are well below this. */
const slackBytes = 4 * 1024;
/** A sealed document up to this size is checked to its end before its first byte goes out. */
export const largestWholeBytes = wholeFrameBytes + slackBytes;

/** Frame of a document by its size. */
export function frameBytesFor(sizeBytes: number): number {
  return sizeBytes < wholeFrameBytes ? wholeFrameBytes : streamFrameBytes;
}

const tag = 16;
const sequence = 4;
const iv = 12;
/** Version, suite, message id, content type, frame length, commitment and the header's own tag. */
const fixedHeader = 1 + 2 + 32 + 1 + 4 + 32 + tag;
const bytesOf = (text: string) => 2 + Buffer.byteLength(text);

/** How much longer than its clear text a sealed document is (message format 2 of the Encryption SDK, framed). */
export function overheadBytes(header: MessageHeader, clearBytes: number): number {
  const pairs = Object.entries(header.encryptionContext);
  const context = pairs.reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value), 4);
  const keys = header.encryptedDataKeys.reduce(
    (sum, { providerId, providerInfo, encryptedDataKey }) =>
      sum + bytesOf(providerId) + bytesOf(providerInfo) + 2 + encryptedDataKey.length,
    2,
  );
  // All frames but the last are full; the last is there even when nothing is left for it.
  const full = Math.floor(clearBytes / header.frameLength);
  const last = 4 + sequence + iv + 4 + tag;
  return fixedHeader + context + keys + full * (sequence + iv + tag) + last;
}
