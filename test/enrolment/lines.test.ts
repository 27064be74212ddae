import { describe, expect, test } from 'vitest';
import { record } from '#functions/enrolment/lines.ts';
import { cohortOf } from '#functions/enrolment/rules/cohort.ts';
import { person } from './builders.ts';

describe('where a record is counted', () => {
  const known = { ...person.known, cohort: '1940' };

  test('the decade of birth turns with the year that ends in nought', () => {
    expect(['1939-12-31', '1940-01-01', '1949-12-31', '2020-02-29'].map(cohortOf)).toEqual([
      ...['1930', '1940', '1940', '2020'],
    ]);
  });

  test('a line tells decade and channel, and nothing of what they were where they stay', () => {
    expect(record(known, { to: 'known' })).toEqual({
      ...{ kind: 'record', to: 'known', department: '12', wave: 'w1' },
      ...{ cohort: '1940', informBy: 'mail' },
    });
  });

  test('an act that changes them tells what they were', () => {
    const move = { from: 'known', to: 'known' } as const;
    expect(record({ ...known, informBy: 'letter' }, move, known)).toMatchObject({
      ...{ informBy: 'letter', was: { informBy: 'mail' } },
    });
    const corrected = record({ ...known, cohort: '1950' }, move, known);
    expect(corrected).toMatchObject({ cohort: '1950', was: { cohort: '1940' } });
    expect(corrected.was).not.toHaveProperty('informBy');
  });

  test('a record from before the decade was kept tells neither, and leaves unknown with the first update', () => {
    const old = { ...person.known, informBy: 'letter' } as const;
    expect(record(old, { to: 'known' })).not.toHaveProperty('informBy');
    expect(record(known, { from: 'known', to: 'known' }, old)).toMatchObject({
      was: { cohort: 'unknown', informBy: 'unknown' },
    });
    expect(record(old, { from: 'known', to: 'known' }, known)).toMatchObject({
      was: { cohort: '1940', informBy: 'mail' },
    });
  });
});
