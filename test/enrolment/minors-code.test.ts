import './nights/environment.ts';
import { describe, expect, test } from 'vitest';
import { promoted } from '#functions/enrolment/next-code.ts';
import { code, current } from './builders.ts';

const sent = { sentAt: current.sentAt, validUntil: current.validUntil };
const made = { ...current, purpose: 'request:7', sealed: new Uint8Array(1) };
const own = { ...made, ofMinor: true as const };

describe('MIN-4: a code answers what its own reader asked for', () => {
  test.each([
    ['a guardian’s', made, { requested: 7, requestedBy: 'sms' as const, requestId: 'r' }],
    ['a guardian’s letter', made, { letterFor: '12', requestId: 'r' }],
    [
      'a minor’s',
      own,
      { requested: 7, requestedBy: 'sms' as const, requestedByMinor: true as const },
    ],
  ])('%s is answered by it', (_whose, next, asked) => {
    const { current: his, revision, ...rest } = promoted({ ...code({}, asked), next }, sent);
    expect(his?.ofMinor).toBe(next === own ? true : undefined);
    expect([revision, rest]).toEqual([code().revision + 1, { holder: code().holder }]);
  });

  test('a minor’s wish waits for one of his, whatever his guardians were sent meanwhile', () => {
    const asked = { requested: 8, requestedBy: 'sms', requestedByMinor: true } as const;
    expect(promoted({ ...code({}, asked), next: made }, sent)).toMatchObject(asked);
  });

  test('a guardian’s wish waits for one of theirs, by mail and by letter', () => {
    const asked = { requested: 8, letterFor: '12', requestId: 'r' } as const;
    const after = promoted({ ...code({}, asked), next: own }, sent);
    expect(after).toMatchObject(asked);
    expect(after.requestedByMinor).toBe(undefined);
  });
});
