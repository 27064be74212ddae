import '../nights/environment.ts';
import { generateKeySync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { proofOf } from '#functions/enrolment/proof-of.ts';

const key = generateKeySync('hmac', { length: 256 });
const decidedBy = {
  ...{ reference: 'r2', receivedAt: '2022-04-04T09:00:00.000Z' },
  ...{ madeAt: '2022-03-21T22:59:59.999Z', channel: 'post' as const },
  ...{ checks: ['signature'], evidence: 'letter-7' },
};

describe('ENR-40: the proof of an objection', () => {
  test('names reference, instants and channel; what was received as it was made has one instant', () => {
    const { reference, receivedAt, madeAt } = decidedBy;
    const proof = { reference, receivedAt, madeAt, channel: 'post', status: 'opposed' };
    const more = { about: 'self', seal: expect.stringMatching(/^[\w-]{43}$/) };
    expect(proofOf(decidedBy, key)).toEqual({ ...proof, ...more });
    const { madeAt: _made, ...web } = { ...decidedBy, channel: 'web' as const };
    expect(proofOf(web, key)).toEqual({
      ...{ ...proof, ...more },
      ...{ madeAt: receivedAt, channel: 'web' },
    });
  });

  test('is sealed: another word, or another key, has another seal', () => {
    const { seal } = proofOf(decidedBy, key);
    const { child: _child, ...same } = { ...decidedBy, child: undefined };
    expect(proofOf(same, key).seal).toBe(seal);
    const changes = [
      { reference: 'r3' },
      { receivedAt: '2022-04-04T09:00:00.001Z' },
      { madeAt: '2022-03-01T09:00:00.000Z' },
      { channel: 'desk' as const },
      { child: true as const },
    ];
    const others = changes.map((change) => proofOf({ ...decidedBy, ...change }, key).seal);
    others.push(proofOf(decidedBy, generateKeySync('hmac', { length: 256 })).seal);
    expect(new Set([seal, ...others]).size).toBe(changes.length + 2);
    for (const child of [{ child: true as const }, { certified: true as const }])
      expect(proofOf({ ...decidedBy, ...child }, key).about).toBe('child');
  });
});
