import '../races/in-process.ts';
import { describe, expect, test } from 'vitest';
import { startLetters } from '#functions/enrolment/job-start-letters.ts';
import { WavePreview } from '#functions/enrolment/schema.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { dropPeople, parisTime, sendWave, signIn, someone, world } from '../town.ts';
import { batchesOf, order, reportPosting } from './shop.ts';
import { asksByWeb, lastLetters, stands, today } from './standing-of.ts';

/** One that no wave has come to, one whose wave is paused and stopped. */
const [waveless, held] = ['60', '67'];
const dayMs = 86_400_000;
const offline = (department: string, birthName: string) =>
  someone(department, { birthName, email: '' });

const early = offline(waveless, 'TOT');
const silent = offline(waveless, 'MUET');
const asking = offline(held, 'DEMANDE');
const waiting = offline(held, 'ATTEND');

const campaign = async (method: string, path: string) =>
  world.request({ method, path: `/enrolment/${path}`, token: await signIn('campagne') });
const counted = async (department: string) => {
  const { body } = await campaign('GET', `wave-preview?department=${department}`);
  return WavePreview.parse(body).total;
};
const lettersIn = async (department: string) =>
  (await batchesOf(department)).map(({ letters }) => letters);

/** The clock's orders of the next morning. */
async function nextMorning() {
  const day = parisDay(Date.parse(await world.now()) + dayMs);
  await world.move(parisTime(day, 6, 50));
  await world.idle();
}

describe('ENR-12: a letter that was asked for is printed, whatever becomes of the waves', () => {
  test('of who asks before any wave has come to his département: it informs him, nobody else is printed', async () => {
    await dropPeople([early, silent]);
    expect(await counted(waveless)).toEqual({ mail: 0, letter: 2, wished: 0 });
    expect((await asksByWeb(early, '127.60.0.1')).status).toBe(202);
    expect(await counted(waveless)).toEqual({ mail: 0, letter: 2, wished: 1 });
    await nextMorning();
    expect(await lettersIn(waveless)).toEqual([1]);
    const { batch, to } = await lastLetters(waveless);
    expect(to(early).text).toContain('va être ouvert pour vous');
    expect(await counted(waveless)).toMatchObject({ wished: 0 });
    await reportPosting(batch, { postedOn: await today() });
    await world.idle();
    expect((await stands(early)).status).toMatchObject({ status: 'invited', letter: { batch } });
    expect((await stands(silent)).told).toEqual(['import-insured']);
  });

  test('of a paused wave’s people only who asked is printed, by the clock as by an agent', async () => {
    await dropPeople([asking, waiting]);
    await sendWave('wave-67', [held]);
    await campaign('POST', 'waves/wave-67/pause');
    expect((await asksByWeb(asking, '127.67.0.1')).status).toBe(202);
    expect((await order({ department: held })).status).toBe(202);
    await world.idle();
    expect(await lettersIn(held)).toEqual([1]);
    (await lastLetters(held)).to(asking);
    await world.move('+8d');
    await world.idle();
    expect(await lettersIn(held)).toEqual([1]);
    expect((await stands(waiting)).told).toEqual(['import-insured', 'defer-to-letter']);
    // No wish is left of anybody here: nothing is ordered.
    expect(await startLetters(Date.parse(await world.now()))).not.toContain(held);
  });
});

describe('ENR-1: a wave that is stopped frees whom it left to a letter', () => {
  test('who is not printed yet is another wave’s; who is keeps his letter', async () => {
    await campaign('POST', 'waves/wave-67/stop');
    await world.idle();
    const { status, told } = await stands(waiting);
    expect(status).toMatchObject({ status: 'known', informBy: 'letter' });
    expect(status).not.toHaveProperty('wave');
    expect(told.slice(-2)).toEqual(['halt-letter', 'leave-wave']);
    expect((await stands(asking)).status).toMatchObject({ wave: 'wave-67' });
    expect(await counted(held)).toEqual({ mail: 0, letter: 1, wished: 0 });
    expect((await order({ department: held })).status).toBe(202);
    await world.idle();
    expect(await lettersIn(held)).toEqual([1]);
  });

  test('the next wave has him written to, and counts him', async () => {
    await sendWave('wave-67-again', [held]);
    expect((await stands(waiting)).status).toMatchObject({ wave: 'wave-67-again' });
    await order({ department: held });
    await world.idle();
    const { batch, letters, to } = await lastLetters(held);
    expect(letters).toHaveLength(1);
    to(waiting);
    await reportPosting(batch, { postedOn: await today() });
    await world.idle();
    const progress = async (wave: string) => (await campaign('GET', `waves/${wave}`)).body;
    const here = { department: held, invited: 0 };
    expect(await progress('wave-67')).toMatchObject({
      progress: [{ ...here, deferred: 2, written: 0 }],
    });
    expect(await progress('wave-67-again')).toMatchObject({
      progress: [{ ...here, deferred: 1, written: 1 }],
    });
  });
});
