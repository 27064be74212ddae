import { describe, expect, test } from 'vitest';
import { nextStart } from '#infra/local/clock/cron.ts';

/** The next `count` starts in Paris after an instant. */
function starts(expression: string, from: string, count: number): string[] {
  const found: string[] = [];
  let after = Date.parse(from);
  for (let index = 0; index < count; index += 1) {
    after = nextStart(`cron(${expression})`, 'Europe/Paris', after) ?? Number.NaN;
    found.push(new Date(after).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

describe('schedules in Paris', () => {
  test('keep the hour of the wall over both changes of clock', () => {
    expect(starts('15 0,4 * * ? *', '2022-03-26T12:00:00Z', 4)).toEqual([
      '2022-03-26T23:15Z',
      '2022-03-27T02:15Z',
      '2022-03-27T22:15Z',
      '2022-03-28T02:15Z',
    ]);
    expect(starts('15 0,4 * * ? *', '2022-10-29T12:00:00Z', 4)).toEqual([
      '2022-10-29T22:15Z',
      '2022-10-30T03:15Z',
      '2022-10-30T23:15Z',
      '2022-10-31T03:15Z',
    ]);
  });

  test('a time that spring skips does not start', () => {
    expect(starts('30 2 * * ? *', '2022-03-26T00:00:00Z', 2)).toEqual([
      '2022-03-26T01:30Z',
      '2022-03-28T00:30Z',
    ]);
  });

  test('a time that autumn repeats starts once', () => {
    expect(starts('30 2 * * ? *', '2022-10-29T12:00:00Z', 2)).toEqual([
      '2022-10-30T00:30Z',
      '2022-10-31T01:30Z',
    ]);
  });

  test('weekdays count from Sunday = 1, as EventBridge has them', () => {
    expect(starts('0 9 ? * 2 *', '2022-02-06T12:00:00Z', 1)).toEqual(['2022-02-07T08:00Z']);
    expect(starts('0 9 ? * MON-FRI *', '2022-02-04T12:00:00Z', 1)).toEqual(['2022-02-07T08:00Z']);
  });

  test('a start exactly at the instant asked about is not found again', () => {
    expect(starts('0 9 * * ? *', '2022-02-07T08:00:00Z', 1)).toEqual(['2022-02-08T08:00Z']);
  });

  test.each(['rate(5 minutes)', 'at(2022-01-01T00:00:00)', 'cron(0 9 L * ? *)', 'cron(0 9 * *)'])(
    '%s fails loudly',
    (expression) => {
      expect(() => nextStart(expression, 'Europe/Paris', 0)).toThrow('not played at home');
    },
  );
});
