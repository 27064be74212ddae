import './environment.ts';
import { createSecretKey } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Claimed, limits } from '#functions/enrolment/identify.ts';
import type { Requesting } from '#functions/enrolment/request-code.ts';
import { refuse } from '#functions/enrolment/rules.ts';
import { handler } from '#functions/portal/handler.ts';
import { restEvent } from '#test/support/runtime/rest-event.ts';

// No time passes: what is waited for is counted. Who is asked for is nobody, told by nothing that follows.
const waited = vi.hoisted((): number[] => []);
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    waited.push(ms);
  },
}));
const asked = vi.hoisted(() => ({ request: vi.fn<(wish: Requesting) => Promise<Claimed>>() }));
vi.mock('#functions/enrolment/request-code.ts', () => asked);

const claimed: Claimed = {
  ...{ begun: performance.now(), key: createSecretKey(Buffer.alloc(32)), holder: 'h' },
  ...{ at: { network: 'n', hour: '2022-03-01T09', holder: 'h' }, isNobody: true, asChild: false },
  retryAfterSeconds: undefined,
};
const inLambda = { getRemainingTimeInMillis: () => 1000 } as never;
const typed = { nir: '269059900100106', cardSerial: '12345678901', by: 'letter' };

const send = (path: string, fields: Record<string, string>, at = 0) => {
  const type = 'application/x-www-form-urlencoded';
  const event = restEvent('POST', path, { at });
  const body = new URLSearchParams({ ...typed, ...fields }).toString();
  const headers = { headers: { 'content-type': type } };
  return handler(
    { ...event, ...headers, multiValueHeaders: { 'content-type': [type] }, body },
    inLambda,
  );
};

beforeEach(() => {
  waited.length = 0;
  asked.request.mockReset().mockResolvedValue(claimed);
});

describe('ENR-14, D63: the page after a wish for a code', () => {
  test.each([
    ['/courrier/nouveau-code', '12/05/1942', { birthDate: '1942-05-12' }],
    ['/courrier/nouveau-code-pour-un-enfant', '5/3/2015', { birthDate: '2015-03-05', child: {} }],
  ])('%s leaves on a beat, and asks as the API does', async (path, birthDate, body) => {
    expect((await send(path, { birthDate }, 5000)).statusCode).toBe(202);
    expect(waited).toHaveLength(1);
    expect(waited[0]).toBeGreaterThan(0);
    expect(waited[0]).toBeLessThanOrEqual(limits.beatMs);
    expect(asked.request.mock.calls).toEqual([
      [expect.objectContaining({ body: { ...typed, ...body }, receivedAt: 5000 })],
    ]);
  });

  test('a slip asks for nothing and waits for nothing', async () => {
    expect((await send('/courrier/nouveau-code', { birthDate: '' })).statusCode).toBe(400);
    expect([asked.request.mock.calls, waited]).toEqual([[], []]);
  });

  test('over the quota: 429, with the form as it was and when to try again', async () => {
    asked.request.mockRejectedValue(refuse('too-many-attempts', { retryAfterSeconds: 1260 }));
    const at = Date.parse('2022-02-07T13:39:00.000Z');
    const answer = await send('/courrier/nouveau-code', { birthDate: '12/05/1942' }, at);
    expect([answer.statusCode, answer.headers?.['retry-after']]).toEqual([429, '1260']);
    expect(answer.body).toContain('lundi 7 février 2022 à 15 h 00 (heure de Paris)');
    expect(answer.body).toContain('value="12/05/1942"');
    expect(answer.body).toContain('value="letter" checked');
  });
});
