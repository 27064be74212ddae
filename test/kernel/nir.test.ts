import { describe, expect, test } from 'vitest';
import { nirKey, parseNir } from '#shared/kernel/nir.ts';

const withKey = (thirteen: string): string => thirteen + nirKey(thirteen);

describe('ENR-20: the NIR and its key', () => {
  test.each([
    ['1850578006084', '91'],
    ['2690599001001', '06'],
    ['180032A001002', '92'],
    ['280032B001003', '68'],
  ])('%s has the key %s', (thirteen, key) => {
    expect(nirKey(thirteen)).toBe(key);
    expect(parseNir(thirteen + key)).toEqual({ ok: true, nir: thirteen + key });
  });

  test('spaces, dots and small letters do not matter', () => {
    expect(parseNir(' 1 80 03 2a 001.002 92 ')).toEqual({ ok: true, nir: '180032A00100292' });
    expect(parseNir('1\u00a085\u202f05 78 006 084 91')).toEqual({
      ok: true,
      nir: '185057800608491',
    });
  });

  test('every wrong key of a NIR is refused', () => {
    for (let key = 0; key < 100; key++) {
      const text = `1850578006084${String(key).padStart(2, '0')}`;
      expect(parseNir(text).ok).toBe(key === 91);
    }
  });

  test('the key catches every single wrong digit', () => {
    const nir = '185057800608491';
    for (let at = 0; at < nir.length; at++)
      for (const digit of '0123456789')
        if (digit !== nir[at])
          expect(parseNir(nir.slice(0, at) + digit + nir.slice(at + 1)).ok).toBe(false);
  });

  test.each(['3', '4', '7', '8'])('a waiting number may begin with %s', (first) => {
    expect(parseNir(withKey(`${first}850578006084`)).ok).toBe(true);
  });

  test.each(['0', '5', '6', '9'])('no number begins with %s', (first) => {
    expect(parseNir(withKey(`${first}850578006084`))).toEqual({
      ok: false,
      reason: 'nir-first-digit',
    });
  });

  test('months are 01-12, 20-42 and 50-99, and no other', () => {
    for (let month = 0; month < 100; month++) {
      const fits = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
      const read = parseNir(withKey(`185${String(month).padStart(2, '0')}78006084`));
      expect(read.ok, `month ${month}`).toBe(fits);
    }
  });

  test.each(['97123', '98801', '99350', '96001', '20001'])('born in %s is taken', (place) => {
    expect(parseNir(withKey(`18505${place}084`)).ok).toBe(true);
  });

  test.each([
    ['', 'nir-length'],
    ['18505780060849', 'nir-length'],
    ['1850578006084910', 'nir-length'],
    ['18505780060849X', 'nir-characters'],
    ['180032C00100292', 'nir-characters'],
    ['18003A200100292', 'nir-characters'],
    ['１８５０５７８００６０８４９１', 'nir-characters'],
    ['1850578006084-1', 'nir-characters'],
    [withKey('1850500006084'), 'nir-department'],
    ['185057800608492', 'nir-key'],
  ])('%s is refused as %s', (text, reason) => {
    expect(parseNir(text)).toEqual({ ok: false, reason });
  });
});
