import './in-process.ts';
import { describe, expect, test, vi } from 'vitest';
import { InHand, onFact } from '#functions/notices/on-fact.ts';
import { noticeOf } from '#functions/notices/rules.ts';
import type { LineAt } from '#shared/journal/load.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { interleave } from '../enrolment/races/interleave.ts';
import { deathsOf, killedAt } from '../enrolment/races/killed-at.ts';
import { address, holderWith, lineFor, noticeAt, saidOf } from './holders.ts';
import { world } from './in-process.ts';

const now = Date.parse('2022-02-07T09:00:01Z');
const paced = async () => undefined;
const tell = (line: JournalLine, at = now) => onFact(line, { clock: () => at, paced });
/** When a lease of somebody who died has ended. */
const later = now + 91_000;

/** A deposit under a name for which the world's own reader does not listen: only this process answers it. */
const unheard = 'documents/planted-deposit';
vi.mock('#shared/journal/load.ts', async (original) => {
  const { loadLine } = await original<typeof import('#shared/journal/load.ts')>();
  const asDeposit = async (at: LineAt) => ({
    ...(await loadLine(at)),
    action: 'documents/deposit-document',
  });
  return { loadLine: asDeposit };
});

async function someone(change: { email?: string } = {}) {
  const { holder, email } = await holderWith({ email: address(), ...change });
  const line = await lineFor(holder, unheard);
  const mails = async () => {
    // Asked for nobody's, the inbox tells everybody's.
    const { length } = email === '' ? [] : await world.mails({ to: email });
    return length;
  };
  const state = async () => (await noticeAt({ holder, notice: noticeOf(line) }))?.state;
  return { holder, email, line, mails, state };
}

describe('ACC-50: the same fact again', () => {
  test('tells nothing, however often it comes', async () => {
    const { line, mails, state, holder } = await someone();
    for (let time = 0; time < 5; time++) await tell(line, now + time * 1000);
    expect([await mails(), await state(), await saidOf(holder)]).toEqual([1, 'sent', []]);
  });

  test.each(Array.from({ length: 12 }, (_, run) => run))(
    'twice at once mails once; who came second comes again (order %i)',
    async (run) => {
      const { line, mails, state, holder } = await someone();
      let turn = run * 7919;
      const choose = (ready: readonly string[]) => {
        turn = (turn * 48_271 + 11) % 2_147_483_647;
        return ready[turn % ready.length] ?? '';
      };
      const { outcomes, trace } = await interleave(
        { left: () => tell(line), right: () => tell(line) },
        choose,
      );
      const ends = Object.values(outcomes);
      const failed = ends.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      for (const reason of failed) expect(reason, trace.join()).toBeInstanceOf(InHand);
      expect(failed.length, trace.join()).toBeLessThanOrEqual(1);
      expect(await mails(), trace.join()).toBe(1);
      await tell(line, now + 1000);
      expect([await mails(), await state(), await saidOf(holder)]).toEqual([1, 'sent', []]);
    },
  );
});

describe('whoever is killed on the way is followed', () => {
  const mailed = ['sent', { mails: [1, 2] }] as const;
  const letter = ['letter', { mails: [0] }] as const;

  test.each([
    ['a mail', address, mailed],
    ['a letter for want of an address', () => '', letter],
    ['a letter for an address that is not taken', () => address('refus.invalid'), letter],
  ] as const)(
    '%s: nothing is lost, and what may be a double is said',
    async (_, email, [end, { mails }]) => {
      // Keys are in hand by then, as in a function that has run for a while.
      await tell((await someone({ email: email() })).line);
      const whole = await someone({ email: email() });
      const deaths = await deathsOf(() => tell(whole.line));
      expect(deaths.length).toBeGreaterThanOrEqual(7);
      for (const n of deaths) {
        const one = await someone({ email: email() });
        const { died } = await killedAt(n, () => tell(one.line));
        expect(died, `call ${n}`).toBe(true);
        const before = await one.mails();
        await tell(one.line, later);
        const after = await one.mails();
        expect(await one.state(), `call ${n}`).toBe(end);
        expect(mails, `call ${n}`).toContain(after);
        const said = await saidOf(one.holder);
        if (after === 2) expect(said, `call ${n}`).toEqual(['done notices/may-be-doubled']);
        if (end === 'letter' && one.email)
          expect(said, `call ${n}`).toContain('refused notices/undeliverable');
        if (before === 1) expect(after, `call ${n}`).toBeGreaterThanOrEqual(1);
      }
    },
  );

  test('not before his lease has ended: he may be slow only', async () => {
    const { line, mails } = await someone();
    const whole = await someone();
    const deaths = await deathsOf(() => tell(whole.line));
    await killedAt(deaths.length, () => tell(line));
    const before = await mails();
    await expect(tell(line, now + 89_000)).rejects.toThrow(InHand);
    expect(await mails()).toBe(before);
    await tell(line, later);
  });
});
