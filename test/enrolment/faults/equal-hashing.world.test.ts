import '../races/in-process.ts';
import { beforeAll, expect, test, vi } from 'vitest';
import { object } from '#functions/enrolment/object.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { world } from '../races/in-process.ts';
import { type Planted, plant } from '../races/plant.ts';
import { wrongCode } from '../town.ts';

// Counted on its way; the hashing itself is the real one.
const hashed = vi.hoisted(() => ({ times: 0 }));
vi.mock('#functions/enrolment/hash-code.ts', async (original) => {
  const real = await original<typeof import('#functions/enrolment/hash-code.ts')>();
  return {
    hashCode: (...given: Parameters<typeof real.hashCode>) => {
      hashed.times += 1;
      return real.hashCode(...given);
    },
  };
});

const day = 86_400_000;
let now = 0;
let network = 0;

beforeAll(async () => {
  now = Date.parse(await world.now());
});

async function someone(sentAt?: number): Promise<Planted> {
  const [one] = await plant(1, { department: '07', ...(sentAt ? { sentAt } : {}) });
  if (!one) throw new Error('nobody');
  return one;
}

const attempt = (person: Planted, change: object = {}, sourceIp = `10.4.${network++}.1`) =>
  object({
    body: { nir: person.nir, cardSerial: person.cardSerial, code: person.code, ...change },
    ...{ receivedAt: now, now, sourceIp, idempotencyKey: undefined },
  }).then(
    () => 'counted',
    (error: Error) => error.message,
  );

test('ENR-14: each failure costs one hashing of a code, whoever it is about', async () => {
  const [invited, expired, opposed, blocked] = [
    await someone(now - day),
    await someone(now - 60 * day),
    await someone(now - day),
    await someone(now - day),
  ];
  const known = await someone();
  const wrong = { code: wrongCode(invited.code) };
  await attempt(opposed);
  for (let n = 0; n < 5; n++) await attempt(blocked, wrong, '10.5.0.1');
  const nobody = { ...invited, nir: `299057${'0000125'}${nirKey('2990570000125')}` };
  const cases: Record<string, () => Promise<string>> = {
    unknown: () => attempt(nobody),
    'without a code': () => attempt(known),
    'wrong card': () => attempt(invited, { cardSerial: '99999999' }),
    'wrong code': () => attempt(invited, wrong),
    expired: () => attempt(expired, wrong),
    opposed: () => attempt(opposed, wrong),
    'not heard': () => attempt(blocked, {}, '10.5.0.1'),
  };
  for (const [name, act] of Object.entries(cases)) {
    hashed.times = 0;
    expect(await act(), name).toBe('enrolment/not-recognised');
    expect(hashed.times, name).toBe(1);
  }
}, 240_000);
