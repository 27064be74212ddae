import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRecord } from '#functions/enrolment/rules/csv-record.ts';
import { columns, readRow, widthOf } from '#functions/enrolment/rules/insured-row.ts';
import { lineSplitter } from '#functions/enrolment/rules/split-lines.ts';

const start = { offset: 0, line: 1, skipping: false };

function cut(bytes: Uint8Array, chunkBytes: number, maxBytes = 16) {
  const splitter = lineSplitter(start, maxBytes);
  const lines = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    lines.push(...splitter.feed(bytes.subarray(at, at + chunkBytes)));
  lines.push(...splitter.flush());
  return lines.map(({ number, bytes: text, end }) => ({
    number,
    end,
    text: text === undefined ? undefined : Buffer.from(text).toString('latin1'),
  }));
}

describe('cutting a file into lines', () => {
  test('takes both line ends and a last line without one', () => {
    expect(cut(Buffer.from('a\r\nbb\n\nc'), 100)).toEqual([
      { number: 1, end: 3, text: 'a' },
      { number: 2, end: 6, text: 'bb' },
      { number: 3, end: 7, text: '' },
      { number: 4, end: 8, text: 'c' },
    ]);
  });

  test('a line longer than the limit is numbered and skipped, the next one is read', () => {
    expect(cut(Buffer.from(`a\n${'x'.repeat(40)}\nb\n`), 7)).toEqual([
      { number: 1, end: 2, text: 'a' },
      { number: 2, end: 43, text: undefined },
      { number: 3, end: 45, text: 'b' },
    ]);
    expect(cut(Buffer.from('x'.repeat(40)), 7)).toEqual([{ number: 1, end: 40, text: undefined }]);
  });

  test('a line of exactly the limit is taken, one byte more is not', () => {
    expect(cut(Buffer.from(`${'x'.repeat(16)}\n`), 5)[0]?.text).toHaveLength(16);
    expect(cut(Buffer.from(`${'x'.repeat(17)}\n`), 5)[0]?.text).toBeUndefined();
  });

  test('no chunk size changes what is found, and reading can go on at every line', async () => {
    const files = fc.array(fc.constantFrom('a', 'bb', '\n', '\r\n', 'x'.repeat(20), 'é'), {
      maxLength: 40,
    });
    await fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 50 }), (parts, chunkBytes) => {
        const bytes = Buffer.from(parts.join(''));
        const whole = cut(bytes, 10_000);
        expect(cut(bytes, chunkBytes)).toEqual(whole);
        for (const [at, { end, number }] of whole.entries()) {
          const splitter = lineSplitter({ offset: end, line: number + 1, skipping: false }, 16);
          const rest = [...splitter.feed(bytes.subarray(end)), ...splitter.flush()];
          expect(rest.map((line) => [line.number, line.end])).toEqual(
            whole.slice(at + 1).map((line) => [line.number, line.end]),
          );
        }
      }),
    );
  });

  test('reading can go on inside a line that is too long', () => {
    const bytes = Buffer.from(`${'x'.repeat(50)}\nb`);
    const first = lineSplitter(start, 16);
    expect([...first.feed(bytes.subarray(0, 30))]).toEqual([]);
    const second = lineSplitter(first.place(), 16);
    const lines = [...second.feed(bytes.subarray(first.place().offset)), ...second.flush()];
    expect(lines.map(({ number, end }) => [number, end])).toEqual([
      [1, 51],
      [2, 52],
    ]);
  });
});

describe('reading a record', () => {
  test.each([
    ['a;b;c', ['a', 'b', 'c']],
    [';;', ['', '', '']],
    ['', ['']],
    ['"a;b";c', ['a;b', 'c']],
    ['"say ""hi""";', ['say "hi"', '']],
    ['"";x', ['', 'x']],
    ['a,b;c', ['a,b', 'c']],
  ])('%s', (line, fields) => {
    expect(readRecord(line)).toEqual({ ok: true, fields });
  });

  test.each(['"', '"a', 'a"b;c', '"a"b;c', 'a;"b', '"a""', '"a" ;b'])(
    'broken quotes: %s',
    (line) => {
      expect(readRecord(line)).toEqual({ ok: false, reason: 'broken-quotes' });
    },
  );

  test('what is written by RFC 4180 is read back', async () => {
    await fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (fields) => {
        const line = fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(';');
        expect(readRecord(line)).toEqual({ ok: true, fields });
      }),
    );
  });

  test('a line of 16 KiB of quotes is refused in good time', () => {
    const begun = performance.now();
    readRecord('"'.repeat(16_383));
    readRecord(';'.repeat(16_384));
    expect(performance.now() - begun).toBeLessThan(200);
  });
});

const good: Record<string, string> = {
  nir: '1 85 05 78 006 084 91',
  birthName: 'MARTIN',
  usedName: '',
  givenNames: 'Jean, Paul',
  birthDate: '1985-05-12',
  sex: 'M',
  addressLine: '1 rue de l’Église',
  postcode: '12000',
  city: 'Rodez',
  department: '12',
  email: 'jean.martin@example.org',
  cardSerial: '12345678901',
};
const today = '2022-02-01';
const row = (change: Record<string, string> = {}) =>
  readRow(columns.map((column) => ({ ...good, ...change })[column]).join(';'), {
    today,
    width: columns.length,
  });

describe('a row of insured people', () => {
  test('is taken, its NIR without spaces', () => {
    expect(row()).toEqual({ ok: true, row: { ...good, nir: '185057800608491' } });
    expect(row({ email: '' })).toMatchObject({ ok: true, row: { email: '' } });
  });

  test('names are kept in one Unicode form, so that a repeat is known again', () => {
    expect(row({ birthName: 'LE\u0301GER ' })).toEqual(row({ birthName: 'LÉGER' }));
  });

  test.each([
    ['nir', '', 'required'],
    ['nir', '185057800608492', 'nir-key'],
    ['birthName', '', 'required'],
    ['birthName', 'x'.repeat(81), 'too-long'],
    ['birthName', 'MAR\u0007TIN', 'control-character'],
    ['birthName', 'MAR\u0085TIN', 'control-character'],
    ['givenNames', '', 'required'],
    ['birthDate', '1985-02-30', 'no-such-day'],
    ['birthDate', '12/05/1985', 'no-such-day'],
    ['birthDate', '1879-12-31', 'no-such-day'],
    ['birthDate', '2022-02-02', 'in-the-future'],
    ['sex', 'X', 'not-m-or-f'],
    ['postcode', '1200', 'postcode-digits'],
    ['city', '', 'required'],
    ['department', '20', 'unknown'],
    ['department', '', 'required'],
    ['email', 'no-at-sign', 'email-format'],
    ['email', 'a@b', 'email-format'],
    ['email', 'a b@example.org', 'email-format'],
    ['email', 'a@example.org\u0000', 'email-format'],
    ['email', 'a@example.org,b@example.org', 'email-format'],
    ['email', `${'a'.repeat(250)}@example.org`, 'too-long'],
    ['cardSerial', '1234567', 'card-digits'],
  ])('with %s "%s" is refused as %s', (field, text, code) => {
    expect(row({ [field]: text })).toEqual({ ok: false, faults: [{ field, code }] });
  });

  test('born today is not in the future', () => {
    expect(row({ birthDate: today }).ok).toBe(true);
  });

  test('tells all that is wrong, and never what stood there', () => {
    const read = row({ nir: 'secret', sex: 'secret', email: 'secret' });
    expect(read).toMatchObject({ ok: false });
    expect(JSON.stringify(read)).not.toContain('secret');
    expect(!read.ok && read.faults).toHaveLength(3);
  });

  test.each(['a;b', `${columns.map(() => 'x').join(';')};x`])('with other columns (%#)', (line) => {
    expect(readRow(line, { today, width: columns.length })).toEqual({
      ok: false,
      faults: [{ field: 'line', code: 'column-count' }],
    });
  });

  test('a formula of a spreadsheet is only text', () => {
    expect(row({ birthName: '=HYPERLINK(1)' }).ok).toBe(true);
  });
});

test('the header names the columns in their order', () => {
  expect(widthOf(columns.join(';'))).toBe(12);
  expect(widthOf(columns.map((column) => `"${column}"`).join(';'))).toBe(12);
  expect(widthOf(columns.join(','))).toBeUndefined();
  expect(widthOf([...columns].reverse().join(';'))).toBeUndefined();
  expect(widthOf('')).toBeUndefined();
});
