import './in-process.ts';
import { describe, expect, test } from 'vitest';
import { noticeOf } from '#functions/notices/rules.ts';
import { address, holderWith, lineFor, noticeAt, saidOf, type Wished } from './holders.ts';
import { world } from './in-process.ts';

let numbers = 0;
/** A number of the ten thousand that nobody has, of which no other test knows. */
const number = () => `+336399870${String(numbers++).padStart(2, '0')}`;
const [optedOut, unreachable] = ['+33639989901', '+33639989902'];

const textsTo = async (to: string) => (await world.texts({ to })).map(({ text }) => text);

async function told(wished: Wished) {
  const { holder, email } = await holderWith({ email: '', ...wished });
  const line = await lineFor(holder);
  await world.idle();
  const stands = async () => (await noticeAt({ holder, notice: noticeOf(line) }))?.state;
  return { holder, email, stands };
}

describe('ACC-50: a notice by text message', () => {
  test('goes where there is no mail but a mobile number; no letter follows', async () => {
    const mobile = number();
    const { holder, stands } = await told({ mobile });
    expect(await textsTo(mobile)).toEqual([expect.stringContaining('un document a été ajouté')]);
    expect(await stands()).toBe('sent');
    expect(await saidOf(holder)).toEqual([]);
  });

  test('goes where no mail is taken, and not where one is', async () => {
    const [refused, taken] = [number(), number()];
    const after = await told({ email: address('refus.invalid'), mobile: refused });
    expect(await textsTo(refused)).toHaveLength(1);
    expect(await after.stands()).toBe('sent');
    const { email } = await told({ email: address(), mobile: taken });
    expect(await world.mails({ to: email })).toHaveLength(1);
    expect(await textsTo(taken)).toEqual([]);
  });

  test('who wants none, and whom none reaches, gets a letter; the journal says so', async () => {
    for (const mobile of [optedOut, unreachable]) {
      const { holder, stands } = await told({ mobile });
      // The news that it reached nobody may be faster than the note that it went: then it comes again.
      await world.move('+10m');
      await world.idle();
      expect(await stands()).toBe('letter');
      expect(await saidOf(holder)).toEqual(['refused notices/undeliverable']);
    }
  });

  test.each([
    ['lost-ack', 1, 2],
    ['reset', 1, 1],
    ['throttle', 4, 1],
  ] as const)('%s of the service: told, at most twice', async (kind, times, most) => {
    const mobile = number();
    const { holder } = await holderWith({ email: '', mobile });
    await world.plant({
      caller: 'notices-facts',
      action: 'sms-voice:SendTextMessage',
      kind,
      times,
    });
    const line = await lineFor(holder);
    await world.idle();
    await world.move('+10m');
    await world.idle();
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([times]);
    await world.clearFaults();
    const texts = await textsTo(mobile);
    expect(texts.length).toBeGreaterThanOrEqual(1);
    expect(texts.length).toBeLessThanOrEqual(most);
    expect((await noticeAt({ holder, notice: noticeOf(line) }))?.state).toBe('sent');
  });
});
