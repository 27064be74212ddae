import { describe, expect, test } from 'vitest';
import { readJson } from '#shared/http/json.ts';
import { Refused } from '#shared/http/problem.ts';

function reasonOf(text: string): string {
  try {
    readJson(text);
    return 'taken';
  } catch (error) {
    return error instanceof Refused ? (error.faults[0]?.code ?? '') : String(error);
  }
}

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

describe('JSON from a stranger', () => {
  test.each([
    ['{"a":[1,2.5e3,{"b":"c"}],"d":null,"e":true}', { a: [1, 2500, { b: 'c' }], d: null, e: true }],
    ['"text: \\"quoted\\", {braces} and [brackets]"', 'text: "quoted", {braces} and [brackets]'],
    ['{"a":{"x":1},"b":{"x":2}}', { a: { x: 1 }, b: { x: 2 } }],
    ['[{"x":1},{"x":2}]', [{ x: 1 }, { x: 2 }]],
    ['{"x":"x","y":"x"}', { x: 'x', y: 'x' }],
    ['"\\ud83d\\ude00"', '😀'],
    [' \n{ "a" : "__proto__" }\t', { a: '__proto__' }],
    [nested(32), JSON.parse(nested(32))],
  ])('takes %s', (text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  test.each([
    ['', 'json-syntax'],
    ['{', 'json-syntax'],
    ["{'a':1}", 'json-syntax'],
    ['{"a":1,}', 'json-syntax'],
    ['{"a":1}{"b":2}', 'json-syntax'],
    ['NaN', 'json-syntax'],
    ['// no\n1', 'json-syntax'],
    ['{"a":1,"a":2}', 'json-duplicate'],
    ['{"a":1,"\\u0061":2}', 'json-duplicate'],
    ['{"o":{"a":1 , "b":[{}], "a"   : 2}}', 'json-duplicate'],
    ['{"":1,"":2}', 'json-duplicate'],
    ['{"__proto__":{"admin":true}}', 'json-proto'],
    ['{"a":[{"\\u005f_proto__":1}]}', 'json-proto'],
    ['"\\ud800"', 'json-surrogate'],
    ['{"\\udc00x":1}', 'json-surrogate'],
    ['["\\ude00\\ud83d"]', 'json-surrogate'],
    [nested(33), 'json-depth'],
    [nested(33, '{"a":', '}').replace('"a":}', '"a":1}'), 'json-depth'],
    [nested(8000), 'json-depth'],
  ])('refuses %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  test('a name far from its colon still counts', () => {
    expect(reasonOf(`{"a"${' '.repeat(500)}:1,"a":2}`)).toBe('json-duplicate');
  });

  test('a body of 16 KiB full of quotes is read in good time', () => {
    const text = JSON.stringify('"\\'.repeat(4000));
    const begun = performance.now();
    expect(readJson(text)).toHaveLength(8000);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
