import { describe, expect, test } from 'vitest';
import { type Order, ordered, type WaveState } from '#functions/enrolment/rules/order-wave.ts';

const [yesterday, today, tomorrow] = ['2022-02-06', '2022-02-07', '2022-02-08'];
const begunAt = '2022-02-06T08:05:00.000Z';

/** Every state against every order, on the day of sending; a wave that is sent or paused had begun. */
const table: Readonly<Record<WaveState, Readonly<Record<Order, string>>>> = {
  planned: { start: 'sending', pause: 'paused', stop: 'stopped' },
  sending: { start: 'same', pause: 'paused', stop: 'stopped' },
  paused: { start: 'sending', pause: 'same', stop: 'stopped' },
  stopped: { start: 'wave-ended', pause: 'wave-ended', stop: 'same' },
  sent: { start: 'wave-ended', pause: 'wave-ended', stop: 'wave-ended' },
};
const states: WaveState[] = ['planned', 'sending', 'paused', 'stopped', 'sent'];
const orders: Order[] = ['start', 'pause', 'stop'];
const cases = states.flatMap((state) => orders.map((order) => ({ state, order })));

describe('an order to a wave', () => {
  test.each(cases)('$order, while it is $state', ({ state, order }) => {
    const begun = state === 'planned' ? {} : { begunAt };
    expect(ordered({ state, sendOn: today, ...begun }, order, today)).toBe(table[state][order]);
  });

  test('a wave goes from the day of its plan on, not before', () => {
    const start = (sendOn: string) => ordered({ state: 'planned', sendOn }, 'start', today);
    expect([yesterday, today, tomorrow].map(start)).toEqual([
      ...['sending', 'sending', 'wave-not-due'],
    ]);
  });

  test('one that was paused before its day goes back to its plan', () => {
    const paused = { state: 'paused', sendOn: tomorrow } as const;
    expect(ordered(paused, 'start', today)).toBe('planned');
    expect(ordered(paused, 'start', tomorrow)).toBe('sending');
  });
});
