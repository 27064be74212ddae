import './nights/environment.ts';
import { createSecretKey } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Claimed, limits, withinQuota } from '#functions/enrolment/identify.ts';

// No time passes: what is waited for is counted.
const waited = vi.hoisted((): number[] => []);
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    waited.push(ms);
  },
}));
beforeEach(() => {
  waited.length = 0;
});

const claimed: Claimed = {
  ...{ begun: performance.now(), key: createSecretKey(Buffer.alloc(32)), holder: 'h' },
  ...{ at: { network: 'n', hour: '2022-03-01T09', holder: 'h' }, isNobody: true, asChild: false },
  retryAfterSeconds: undefined,
};

describe('ENR-14: a network over its quota', () => {
  test('is told so on a beat, not as soon as somebody or nobody was read', async () => {
    const over = withinQuota({ ...claimed, retryAfterSeconds: 60 });
    await expect(over).rejects.toMatchObject({
      code: 'enrolment/too-many-attempts',
      facts: { retryAfterSeconds: 60 },
    });
    expect(waited).toHaveLength(1);
    expect(waited[0]).toBeGreaterThan(0);
    expect(waited[0]).toBeLessThanOrEqual(limits.beatMs);
  });

  test('within it nobody waits here', async () => {
    await withinQuota(claimed);
    expect(waited).toEqual([]);
  });
});
