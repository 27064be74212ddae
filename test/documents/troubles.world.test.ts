import { afterEach, expect, test } from 'vitest';
import { deposit, pdf } from './deposits.ts';
import { record, world } from './record.ts';
import { codesOf, deposits, Kept, reads } from './talk.ts';

afterEach(() => world.clearFaults());

const callsToKeys = [
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncrypt',
];

/** Every call to KMS of a function meets this, as long as it lasts. */
async function plantOnKeys(caller: string, fault: { kind: 'throttle' | 'reset' | 'delay' }) {
  for (const action of callsToKeys)
    await world.plant({ caller, action, times: 1000, delayMs: 2500, ...fault });
}
const fired = async () => (await world.faults()).reduce((all, one) => all + one.fired, 0);
const idOf = (body: unknown) => Kept.parse(body).id;

test.each(['throttle', 'reset'] as const)(
  'without keys nothing is filed and nothing shown; with them again, all is: %s',
  async (kind) => {
    // Somebody whose key no function has in memory.
    const fresh = await record({ citizen: 'camille' });
    const sent = deposit(fresh.nir);
    await plantOnKeys('documents-api', { kind });
    const unfiled = await deposits('laboratoire', sent);
    expect([unfiled.status, codesOf(unfiled.body)]).toEqual([503, ['request/try-again']]);
    expect(await fired()).toBeGreaterThan(0);
    await world.clearFaults();
    const id = idOf((await deposits('laboratoire', sent)).body);

    await plantOnKeys('documents-stream', { kind });
    const unread = await reads('camille', `Binary/${id}`);
    expect([unread.status, codesOf(unread.body)]).toEqual([503, ['request/try-again']]);
    expect(unread.text).not.toMatch(/PDF|moglobine/);
    expect(await fired()).toBeGreaterThan(0);
    await world.clearFaults();
    const read = await reads('camille', `Binary/${id}`);
    expect([read.status, read.text]).toEqual([200, pdf('Hémoglobine 13,2 g/dL').toString()]);
  },
);

test('slow keys make a deposit and a read late, and nothing else', async () => {
  const fresh = await record({ citizen: 'camille' });
  await plantOnKeys('documents-api', { kind: 'delay' });
  await plantOnKeys('documents-stream', { kind: 'delay' });
  const { status, body } = await deposits('laboratoire', deposit(fresh.nir));
  expect(status).toBe(201);
  expect((await reads('camille', `Binary/${idOf(body)}`)).status).toBe(200);
  expect(await fired()).toBeGreaterThan(1);
});

test('of a vault that breaks off in mid-stream nothing is shown, however far it came', async () => {
  const fresh = await record({ citizen: 'camille' });
  const content = pdf('Hémoglobine 13,2 g/dL '.repeat(150_000));
  const { body } = await deposits('laboratoire', deposit(fresh.nir, {}, { content }));
  const path = `Binary/${idOf(body)}`;
  for (const afterBytes of [0, 1_500_000, content.length]) {
    await world.plant({
      ...{ caller: 'documents-stream', action: 's3:GetObject', kind: 'cut' },
      ...{ afterBytes, times: 1000 },
    });
    const broken = await reads('camille', path);
    expect([broken.status, codesOf(broken.body)]).toEqual([503, ['request/try-again']]);
    expect(broken.text).not.toMatch(/PDF|moglobine/);
    expect(await fired()).toBeGreaterThan(0);
    await world.clearFaults();
  }
  const whole = await reads('camille', path);
  expect([whole.status, whole.text.length]).toEqual([200, content.toString().length]);
});
