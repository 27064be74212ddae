import { describe, expect, test } from 'vitest';
import { childColumns, columns, readRow, widthOf } from '#functions/enrolment/rules/insured-row.ts';
import { readUpdate } from '#functions/enrolment/rules/update-line.ts';
import { codeText } from '#functions/enrolment/texts/code-text.ts';
import { segmentsOf } from '#shared/sms/segments.ts';
import { csv, someone } from './someone.ts';

const today = '2022-02-07';
const all = [...columns, ...childColumns, 'birthPlace', 'mobile'];
const person = someone('48');
const line = (mobile: string) => `${csv(person)};;;;${mobile}`;

describe('ENR-12 the mobile number of a file', () => {
  test('stands in a last column; files without it are read as before', () => {
    expect(widthOf(all.join(';'))).toBe(16);
    expect(widthOf([...columns, 'mobile'].join(';'))).toBeUndefined();
    const before = readRow(csv(person), { today, width: 12 });
    expect(before).toMatchObject({ ok: true });
    expect(before.ok && before.row).not.toHaveProperty('mobile');
    expect(readRow(line(''), { today, width: all.length })).toEqual(before);
  });

  test('is kept as the service takes it', () => {
    expect(readRow(line('06 39 98 00 01'), { today, width: all.length })).toMatchObject({
      row: { mobile: '+33639980001' },
    });
    const told = JSON.stringify({ op: 'upsert', ...person, mobile: '0692 12 34 56' });
    expect(readUpdate(told, today)).toMatchObject({
      update: { row: { mobile: '+262692123456' } },
    });
  });

  test('is refused by its column, without saying it, where it is none', () => {
    const read = readRow(line('01 23 45 67 89'), { today, width: all.length });
    expect(read).toEqual({ ok: false, faults: [{ field: 'mobile', code: 'mobile-number' }] });
  });
});

test('ENR-12 the text message with a code is one part or two, in the GSM alphabet, with no link', () => {
  for (const until of [undefined, '2022-03-21'])
    for (const isOfChild of [true, false]) {
      const text = codeText({ code: 'ABCDEFGHJKMN', validUntil: '2022-03-21', until, isOfChild });
      expect(segmentsOf(text)).toBeLessThanOrEqual(2);
      expect(text).toContain('ABCD-EFGH-JKMN');
      expect(text).toContain('21/03/2022');
      expect(text).not.toMatch(/https?:|www\.|\.fr/);
    }
});
