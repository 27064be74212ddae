import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type BranchKey, open, seal, sealedUnder } from '#shared/sealing/envelope.ts';
import { IntegrityError } from '#shared/sealing/integrity.ts';

const branch: BranchKey = {
  id: 'enrolment-12',
  version: '0d1e7a52-6a2c-4d6c-9d3f-0b8f4a5f7c11',
  key: createSecretKey(randomBytes(32)),
};
const context = { holder: 'h1', kind: 'person', version: 3 };
const plain = Buffer.from('{"nir":"185057800608491"}');

describe('a sealed item', () => {
  test('opens under the key and context it was sealed for', () => {
    expect(open(seal(plain, branch, context), branch, context)).toEqual(plain);
    expect(open(seal(Buffer.alloc(0), branch, context), branch, context)).toHaveLength(0);
  });

  test('tells which branch key opens it, and nothing of its content', () => {
    const sealed = seal(plain, branch, context);
    expect(sealedUnder(sealed)).toEqual({ id: branch.id, version: branch.version });
    expect(Buffer.from(sealed).includes('1850578')).toBe(false);
  });

  test.each([
    { ...context, holder: 'h2' },
    { ...context, kind: 'code' },
    { ...context, version: 2 },
  ])('does not open as %j', (other) => {
    expect(() => open(seal(plain, branch, context), branch, other)).toThrow(IntegrityError);
  });

  test('does not open under another key', () => {
    const other = { ...branch, key: createSecretKey(randomBytes(32)) };
    expect(() => open(seal(plain, branch, context), other, context)).toThrow(IntegrityError);
  });

  test('does not open when any byte was changed or the end is missing', () => {
    const sealed = seal(plain, branch, context);
    for (let at = 0; at < sealed.length; at++) {
      const forged = Uint8Array.from(sealed);
      forged[at] = (forged[at] ?? 0) ^ 1;
      expect(() => open(forged, branch, context), `byte ${at}`).toThrow(IntegrityError);
      expect(() => open(sealed.subarray(0, at), branch, context), `first ${at}`).toThrow(
        IntegrityError,
      );
    }
  });

  test('is never the same twice', () => {
    const seen = new Set(
      Array.from({ length: 500 }, () => Buffer.from(seal(plain, branch, context)).toString('hex')),
    );
    expect(seen.size).toBe(500);
  });
});
