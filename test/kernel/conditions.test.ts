import { describe, expect, test } from 'vitest';
import { conditionsAt, standingOf } from '#shared/kernel/conditions.ts';

const first = { version: '2022-01', from: '2022-01-01', acceptUntil: '2022-01-31' };
const second = { version: '2023-07', from: '2023-07-15', acceptUntil: '2023-09-30' };
const at = (text: string) => Date.parse(text);

describe('§1.4: conditions of use, by their dates in Paris', () => {
  test.each([
    ['2021-12-01T00:00:00Z', '2022-01'],
    ['2023-07-14T21:59:59.999Z', '2022-01'],
    ['2023-07-14T22:00:00.000Z', '2023-07'],
    ['2030-01-01T00:00:00Z', '2023-07'],
  ])('at %s version %s stands', (instant, version) => {
    expect(conditionsAt([first, second], at(instant)).version).toBe(version);
  });

  test.each([
    ['2023-07', '2030-01-01T00:00:00Z', false, false],
    ['2022-01', '2023-07-14T22:00:00.000Z', true, false],
    ['2022-01', '2023-09-30T21:59:59.999Z', true, false],
    ['2022-01', '2023-09-30T22:00:00.000Z', true, true],
    [undefined, '2030-01-01T00:00:00Z', false, false],
  ])('who accepted %s is at %s asked: %s, and shut out: %s', (accepted, instant, asked, out) => {
    expect(standingOf(accepted, { now: second, at: at(instant) })).toEqual({
      ...{ mustAccept: asked, isOverdue: out },
    });
  });
});
