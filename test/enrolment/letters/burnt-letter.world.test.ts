import '../races/in-process.ts';
import { describe, expect, test } from 'vitest';
import { onBurnCode } from '#functions/enrolment/on-burn-code.ts';
import { childColumns, columns, type InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { csv, drop, oppose, sendWave, someone, world, wrongCode } from '../town.ts';
import { printed, reportPosting } from './shop.ts';
import { asksByWeb, lastLetters, stands, today } from './standing-of.ts';

const department = '76';
const mobile = '+33639980761';
const still = someone(department, { birthName: 'BLOQUE', email: '' });
const decided = someone(department, { birthName: 'REFUS', email: '' });

/** Ten wrong codes from ten networks. */
async function burn(person: InsuredRow, right: string, net: number) {
  for (let n = 0; n < 10; n++)
    await oppose(person, { code: wrongCode(right), from: `127.76.${net + n}.1` });
  await world.idle();
}
const texts = async () => (await world.texts({ to: mobile })).map(({ text }) => text);

describe('ENR-14: whose code was burnt and whom no mail reaches', () => {
  test('is told at once by a text message, and a letter with another code is ordered, once', async () => {
    const header = [...columns, ...childColumns, 'birthPlace', 'mobile'].join(';');
    await drop([header, `${csv(still)};;;;${mobile}`, `${csv(decided)};;;;`, ''].join('\n'));
    await sendWave('wave-76', [department]);
    await world.move('+10m');
    await printed(department);
    const { batch, to } = await lastLetters(department);
    await reportPosting(batch, { postedOn: await today() });
    await world.idle();
    await burn(still, to(still).code, 0);
    const { status, code, told } = await stands(still);
    expect(status).toMatchObject({ status: 'invited', frozen: true });
    expect(told.at(-1)).toBe('tell-burnt-code');
    expect(code).toMatchObject({ letterFor: department, afterBurning: true });
    expect(await texts()).toEqual([expect.stringContaining('bloqué')]);
    await onBurnCode({ holder: status.holder }, () => Date.now());
    expect((await stands(still)).told).toHaveLength(told.length);
    expect(await texts()).toHaveLength(1);
    expect((await oppose(decided, { code: to(decided).code, from: '127.76.50.1' })).status).toBe(
      201,
    );
  });

  test('ENR-2: has his whole time again with the letter, which says why it comes', async () => {
    await world.move('+1d');
    await printed(department);
    const { batch, letters, to } = await lastLetters(department);
    expect(letters).toHaveLength(1);
    expect(to(still).text).toContain('Un code faux a été donné dix fois');
    expect(to(still).text).toContain('va être ouvert pour vous');
    await reportPosting(batch, { postedOn: await today() });
    await world.idle();
    const { status } = await stands(still);
    expect(status).toMatchObject({ status: 'invited', informedBy: to(still).reference });
    expect(status).not.toHaveProperty('frozen');
    const again = await oppose(still, { code: to(still).code, from: '127.76.51.1' });
    expect(again.status).toBe(201);
  });

  test('who has decided gets a code to activate with, and is not said to have asked', async () => {
    await asksByWeb(decided, '127.76.52.1');
    await printed(department);
    const asked = await lastLetters(department);
    await reportPosting(asked.batch, { postedOn: await today() });
    await world.idle();
    await burn(decided, asked.to(decided).code, 20);
    await printed(department);
    const { to } = await lastLetters(department);
    const { text, code } = to(decided);
    expect(text).toContain('Ces essais ne viennent pas de vous');
    expect(text).not.toContain('Vous avez demandé');
    expect(code).not.toBe(asked.to(decided).code);
  });
});
