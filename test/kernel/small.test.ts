import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { base32 } from '#shared/kernel/base32.ts';
import { canonical } from '#shared/kernel/canonical.ts';
import { isCardSerial } from '#shared/kernel/card.ts';
import { departments, isDepartment } from '#shared/kernel/departments.ts';
import { idOf, shardName, shardOf } from '#shared/kernel/ids.ts';

describe('ENR-21: card serial numbers', () => {
  test.each([
    ['12345678', true],
    ['12345678901', true],
    ['1234567890123', true],
    ['1234567', false],
    ['12345678901234', false],
    ['1234567a', false],
    ['１２３４５６７８', false],
    ['', false],
  ])('%s can be one: %s', (text, can) => {
    expect(isCardSerial(text)).toBe(can);
  });
});

describe('ids', () => {
  test('an id is 26 small base32 characters of its first 16 bytes', () => {
    expect(idOf(new Uint8Array(16))).toBe('0'.repeat(26));
    expect(idOf(new Uint8Array(20).fill(255))).toBe('zzzzzzzzzzzzzzzzzzzzzzzzzw');
    expect(() => idOf(new Uint8Array(15))).toThrow(RangeError);
  });

  test('base32 agrees with a known text', () => {
    expect(base32(Buffer.from('foobar'))).toBe('CSQPYRK1E8');
  });

  test('ids spread evenly over 128 shards', () => {
    const seen = new Array<number>(128).fill(0);
    for (let n = 0; n < 12_800; n++) {
      const shard = shardOf(idOf(randomBytes(16)), 128);
      seen[shard] = (seen[shard] ?? 0) + 1;
    }
    expect(Math.min(...seen)).toBeGreaterThan(40);
    expect(Math.max(...seen)).toBeLessThan(180);
  });

  test('the shard of an id stays the same, and what is no id has none', () => {
    expect(shardOf('10zz', 128)).toBe(32);
    expect(shardOf('zz', 128)).toBe(127);
    expect(shardName(7)).toBe('007');
    expect(() => shardOf('u0', 128)).toThrow(RangeError);
  });
});

describe('départements', () => {
  test('there are 107 of them: 96 of the mainland and Corsica, 11 overseas', () => {
    expect(departments).toHaveLength(107);
    expect(new Set(departments).size).toBe(107);
  });

  test.each([
    ['01', true],
    ['2A', true],
    ['95', true],
    ['976', true],
    ['988', true],
    ['20', false],
    ['96', false],
    ['1', false],
    ['2a', false],
    ['979', false],
    ['__proto__', false],
  ])('%s is one: %s', (code, is) => {
    expect(isDepartment(code)).toBe(is);
  });
});

describe('canonical JSON (RFC 8785)', () => {
  test.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [[1, 'é', true], '[1,"é",true]'],
    [{ '€': 1, '\r': 2, '1': 3, '😀': 4, ö: 5 }, '{"\\r":2,"1":3,"ö":5,"€":1,"😀":4}'],
    [{ n: [1e21, 0.000001, -0, 4.5] }, '{"n":[1e+21,0.000001,0,4.5]}'],
    ['\u0007"\\/', '"\\u0007\\"\\\\/"'],
    [{ x: { d: 1, c: [] } }, '{"x":{"c":[],"d":1}}'],
  ])('case %#', (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  test('what has no canonical form is refused', () => {
    expect(() => canonical(Number.NaN)).toThrow(RangeError);
    expect(() => canonical({ a: Number.POSITIVE_INFINITY })).toThrow(RangeError);
    expect(() => canonical('\ud800')).toThrow(RangeError);
    expect(() => canonical({ '\udc00': 1 })).toThrow(RangeError);
  });
});
