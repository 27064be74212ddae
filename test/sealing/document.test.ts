import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, test } from 'vitest';
import { sealingPlace } from './place.ts';

const place = await sealingPlace();
const { sealBytes, sealStream } = await import('#shared/sealing/seal-document.ts');
const { openDocument } = await import('#shared/sealing/open-document.ts');
const { forgetKeys } = await import('#shared/sealing/branch-keys.ts');
afterAll(() => place.close());

const mib = 1024 * 1024;
const context = { holder: 'h1', document: 'd1', version: 2 };
const small = randomBytes(100_000);
const large = randomBytes(5 * mib + 17);

/** As the vault gives it: in pieces of what a socket brings. */
const arriving = (bytes: Uint8Array, at = 64 * 1024) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / at) }, (_, n) =>
      Buffer.from(bytes.subarray(n * at, (n + 1) * at)),
    ),
  );

async function collected(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface Opened {
  readonly bytes: Buffer;
  readonly error: string | undefined;
}

/** What came out before it ended or broke. */
async function opened(sealed: Readable, expected = context): Promise<Opened> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of await openDocument(sealed, expected)) pieces.push(piece);
    return { bytes: Buffer.concat(pieces), error: undefined };
  } catch (error) {
    return { bytes: Buffer.concat(pieces), error: error instanceof Error ? error.name : 'none' };
  }
}

async function sealedLarge(plain: Buffer = large, as = context): Promise<Buffer> {
  const clear = { stream: arriving(plain), sizeBytes: plain.length };
  const { stream, sizeBytes, sha256 } = await sealStream(clear, as);
  const sealed = await collected(stream);
  expect(sealed.length).toBe(sizeBytes);
  expect(sha256()).toBe(createHash('sha256').update(plain).digest('base64'));
  return sealed;
}

describe('a sealed document', () => {
  test.each([0, 1, 1000, 64 * 1024, mib - 1, mib, 4 * mib - 1, 4 * mib, 4 * mib + 1, 6 * mib])(
    'of %i bytes opens to what it was, whichever way it was sealed',
    async (size) => {
      const plain = randomBytes(size);
      const { bytes, sha256 } = await sealBytes(plain, context);
      expect(sha256).toBe(createHash('sha256').update(plain).digest('base64'));
      for (const sealed of [bytes, await sealedLarge(plain)]) {
        const { bytes: clear, error } = await opened(arriving(sealed));
        expect(error).toBeUndefined();
        expect(clear.equals(plain)).toBe(true);
      }
    },
  );

  test('is never the same twice, and tells its pseudonyms but nothing of its content', async () => {
    const plain = Buffer.from('compte rendu de psychiatrie');
    const [one, two] = [await sealBytes(plain, context), await sealBytes(plain, context)];
    expect(Buffer.from(one.bytes).equals(two.bytes)).toBe(false);
    const text = Buffer.from(one.bytes).toString('latin1');
    expect(text).toContain('holder-h1');
    expect(text).not.toContain('psychiatrie');
  });

  test('a stream that is not as long as it said breaks while it is sealed', async () => {
    for (const sizeBytes of [9, 11]) {
      const clear = { stream: arriving(Buffer.alloc(10)), sizeBytes };
      const sealing = sealStream(clear, context).then(({ stream }) => collected(stream));
      await expect(sealing).rejects.toThrow();
    }
  });
});

const sealed = {
  small: Buffer.from((await sealBytes(small, context)).bytes),
  large: await sealedLarge(),
};
const sealedAs = async (as: Partial<typeof context>) =>
  Buffer.from((await sealBytes(small, { ...context, ...as })).bytes);
const others = {
  holder: await sealedAs({ holder: 'h2' }),
  document: await sealedAs({ document: 'd2' }),
  version: await sealedAs({ version: 1 }),
};
/** Where the body of a message begins, found by what stands before it: its first frame's number. */
const bodyOf = (message: Buffer) =>
  message.length - small.length - (4 + 4 + 12 + 4 + 16) * (message === sealed.small ? 1 : 0);
const headerBytes = bodyOf(sealed.small);
const frameBytes = 4 + 12 + mib + 16;

function without(message: Buffer, from: number, to: number): Buffer {
  return Buffer.concat([message.subarray(0, from), message.subarray(to)]);
}
function swapped(message: Buffer, a: number, b: number, size: number): Buffer {
  const forged = Buffer.from(message);
  message.copy(forged, a, b, b + size);
  message.copy(forged, b, a, a + size);
  return forged;
}
function flipped(message: Buffer, at: number): Buffer {
  const forged = Buffer.from(message);
  forged[at] = (forged[at] ?? 0) ^ 1;
  return forged;
}
const header = (of: Buffer) => of.subarray(0, headerBytes);

describe('what was put in the place of a document is refused whole', () => {
  test.each<[string, Buffer]>([
    ['the document of another holder', others.holder],
    ['another document of the holder', others.document],
    ['an older version', others.version],
    ['nothing', Buffer.alloc(0)],
    ['no message at all', Buffer.from('%PDF-1.7 in clear')],
    [
      'the header of an older version over this body',
      Buffer.concat([header(others.version), sealed.small.subarray(headerBytes)]),
    ],
    [
      'this header over the body of an older version',
      Buffer.concat([header(sealed.small), others.version.subarray(headerBytes)]),
    ],
    ['a cut in the header', sealed.small.subarray(0, 60)],
    ['a cut behind the header', header(sealed.small)],
    ['a cut in the body', sealed.small.subarray(0, -20_000)],
    ['a cut of the last byte', sealed.small.subarray(0, -1)],
    ['a byte more', Buffer.concat([sealed.small, Buffer.of(0)])],
    ['a second message behind', Buffer.concat([sealed.small, sealed.small])],
    ['one bit of the content', flipped(sealed.small, headerBytes + 500)],
    ['one bit of the last tag', flipped(sealed.small, sealed.small.length - 1)],
  ])('%s', async (_what, forged) => {
    const { bytes, error } = await opened(arriving(forged));
    expect(error).toBe('IntegrityError');
    expect(bytes).toHaveLength(0);
  });

  test('one bit anywhere in the header or the head of the frame', async () => {
    for (let at = 0; at < headerBytes + 24; at++) {
      const { bytes, error } = await opened(arriving(flipped(sealed.small, at)));
      expect(error, `byte ${at}`).toBe('IntegrityError');
      expect(bytes, `byte ${at}`).toHaveLength(0);
    }
  });
});

describe('a large document breaks off at the frame that differs', () => {
  const at = (frame: number) => sealed.large.length - 5 * frameBytes - 17 - 40 + frame * frameBytes;

  test.each<[string, Buffer, number]>([
    ['one bit of its header', flipped(sealed.large, 40), 0],
    ['one bit of its first frame', flipped(sealed.large, at(0) + 100), 0],
    ['one bit of its third frame', flipped(sealed.large, at(2) + 100), 2],
    ['a frame’s number', flipped(sealed.large, at(1) + 3), 1],
    ['two frames in the place of each other', swapped(sealed.large, at(1), at(2), frameBytes), 1],
    ['a frame left out', without(sealed.large, at(3), at(4)), 3],
    ['a cut between frames', sealed.large.subarray(0, at(4)), 4],
    ['a cut within a frame', sealed.large.subarray(0, at(4) + 99), 4],
    ['the last byte cut off', sealed.large.subarray(0, -1), 5],
    ['a byte more', Buffer.concat([sealed.large, Buffer.of(0)]), 6],
  ])('%s', async (_what, forged, whole) => {
    const { bytes, error } = await opened(arriving(forged));
    expect(error).toBe('IntegrityError');
    const least = Math.min(whole * mib, large.length);
    expect(bytes.equals(large.subarray(0, bytes.length))).toBe(true);
    expect(bytes.length).toBeLessThanOrEqual(least);
  });

  test.each([
    { ...context, holder: 'h2' },
    { ...context, document: 'd2' },
    { ...context, version: 1 },
  ])('and does not begin as %j', async (expected) => {
    const { bytes, error } = await opened(arriving(sealed.large), expected);
    expect(error).toBe('IntegrityError');
    expect(bytes).toHaveLength(0);
  });
});

describe('the key of a branch', () => {
  const keyItem = async (holder: string, type: string) => {
    const Key = { 'branch-key-id': { S: `holder-${holder}` }, type: { S: type } };
    const { Item } = await place.database.send(new GetItemCommand({ TableName: 'keys', Key }));
    return Item ?? {};
  };
  const versionOf = async (holder: string) =>
    (await keyItem(holder, 'branch:ACTIVE')).version?.S ?? '';

  test('of another holder in its place opens nothing', async () => {
    const [mine, theirs] = [await versionOf('h1'), await versionOf('h2')];
    const kept = await keyItem('h1', mine);
    const other = await keyItem('h2', theirs);
    const forged = { ...kept, enc: other.enc ?? { NULL: true } };
    await place.database.send(new PutItemCommand({ TableName: 'keys', Item: forged }));
    forgetKeys();
    expect((await opened(arriving(sealed.small))).error).toBe('IntegrityError');
    expect((await opened(arriving(sealed.large))).error).toBe('IntegrityError');
    await place.database.send(new PutItemCommand({ TableName: 'keys', Item: kept }));
    expect((await opened(arriving(sealed.small))).error).toBeUndefined();
  });

  test('that is gone opens nothing; one that KMS cannot unwrap now is no sign of a change', async () => {
    const sealedThird = await sealedAs({ holder: 'h3' });
    const expected = { ...context, holder: 'h3' };
    forgetKeys();
    place.kms.setState(place.holderKeyId, 'Disabled');
    expect((await opened(arriving(sealedThird), expected)).error).toBe('DisabledException');
    place.kms.setState(place.holderKeyId, 'Enabled');
    expect((await opened(arriving(sealedThird), expected)).error).toBeUndefined();
    const Key = { 'branch-key-id': { S: 'holder-h3' }, type: { S: await versionOf('h3') } };
    await place.database.send(new DeleteItemCommand({ TableName: 'keys', Key }));
    forgetKeys();
    expect((await opened(arriving(sealedThird), expected)).error).toBe('IntegrityError');
  });
});

test('a source that breaks off is told as such, and is let go when nobody reads on', async () => {
  const breaking = Readable.from(
    (async function* () {
      yield sealed.large.subarray(0, 4.5 * mib);
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET', name: 'Broken' });
    })(),
  );
  expect((await opened(breaking)).error).toBe('Broken');
  const source = arriving(sealed.large);
  const clear = await openDocument(source, context);
  clear.destroy();
  await expect.poll(() => source.destroyed).toBe(true);
});
