import { describe, expect, test } from 'vitest';
import { cellOf } from '#functions/statistics/cells.ts';
import { cohortInWords, daysCsv, situationsCsv } from '#functions/statistics/rules/csv.ts';

describe('the tables', () => {
  test('a hidden number is an empty field, and a column says so; an old one tells its edition', () => {
    const cells = [
      { path: 'all', value: 120, asOf: '2022-02-07' },
      { path: 'all/situation:open', value: 90, asOf: '2022-01-31' },
      { path: 'all/situation:open/department:2A' },
      { path: 'all/situation:open/department:2A/wave:none' },
      { path: 'all/situation:open/cohort:1940', value: 40, asOf: '2022-02-07' },
      { path: 'all/situation:open/channel:letter', value: 50, asOf: '2022-02-07' },
    ].map(cellOf);
    expect(situationsCsv('2022-02-07', cells).split('\r\n')).toEqual([
      'situation;département;vague;tranche de naissance;information par;nombre;état du nombre;édition du nombre',
      'ensemble;;;;;120;à jour;2022-02-07',
      'espace ouvert;;;;;90;repris d’une édition précédente;2022-01-31',
      'espace ouvert;2A;;;;;masqué;',
      'espace ouvert;2A;aucune ou autre;;;;masqué;',
      'espace ouvert;;;né(e)s de 1940 à 1949;;40;à jour;2022-02-07',
      'espace ouvert;;;;courrier;50;à jour;2022-02-07',
      '',
    ]);
  });

  test('what would break a field is quoted, as RFC 4180 has it', () => {
    const odd = { situation: 'open', wave: 'a;"b"\n', count: 11, asOf: 'x' } as const;
    expect(situationsCsv('x', [odd])).toContain('espace ouvert;;"a;""b""\n";;;11;à jour;x\r\n');
  });

  test('a period is a line', () => {
    const counts = { open: 90, waiting: 30 };
    const [, line] = daysCsv([
      { first: '2022-02-01', last: '2022-02-03', total: 131, counts },
    ]).split('\r\n');
    expect(line).toBe('2022-02-01;2022-02-03;131;;30;;90;;;4');
  });

  test('decades in words', () => {
    expect(['1900', '1910', '2020', 'unknown'].map(cohortInWords)).toEqual([
      ...['né(e)s avant 1910', 'né(e)s de 1910 à 1919', 'né(e)s de 2020 à 2029'],
      'année de naissance non connue',
    ]);
  });
});
