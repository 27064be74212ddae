import './races/in-process.ts';
import { describe, expect, test } from 'vitest';
import { childColumns, columns, type InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { standing } from './races/standing.ts';
import { codeOf, csv, drop, oppose, sendWave, someone, world } from './town.ts';

const department = '77';
/** Numbers that nobody has; one that is opted out and one that nothing reaches end as the engine at home plays them. */
const number = (end: string) => `+3363998${end}`;

const withMobile = (person: InsuredRow, mobile: string) => ({ person, mobile });
const camille = withMobile(someone(department), number('0461'));
const paper = withMobile(someone(department, { email: '' }), number('0462'));
const deaf = withMobile(someone(department), number('9901'));
const lost = withMobile(someone(department), number('9902'));
const without = withMobile(someone(department), '');
const kinds = ['lost-ack', 'throttle', 'kill'] as const;
const hit = new Map(
  kinds.map((kind, at) => [kind, withMobile(someone(department), number(`047${at}`))]),
);
const everybody = [camille, paper, deaf, lost, without, ...hit.values()];

const textsTo = async (to: string) => (await world.texts({ to })).map(({ text }) => text);
const codeIn = (text = '') => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? '';

let network = 0;
const wish = async ({ nir, cardSerial, birthDate }: InsuredRow, by = 'sms') => {
  const answer = await world.request({
    ...{ method: 'POST', path: '/enrolment/codes', from: `127.77.0.${++network}` },
    body: { nir, cardSerial, birthDate, by },
  });
  await world.idle();
  return answer;
};
const stands = async ({ nir }: InsuredRow) =>
  standing((await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '');

describe('ENR-12 a new code by text message', () => {
  test('before anything informed somebody no text message does, and the answer is the same', async () => {
    const header = [...columns, ...childColumns, 'birthPlace', 'mobile'].join(';');
    const lines = everybody.map(({ person, mobile }) => `${csv(person)};;;;${mobile}`);
    expect(await drop([header, ...lines, ''].join('\n'))).toMatchObject({ imported: 8, errors: 0 });
    const [early, nobody] = [await wish(camille.person), await wish(someone('01'))];
    expect([early.status, early.text]).toEqual([202, nobody.text]);
    expect(await textsTo(camille.mobile)).toEqual([]);
    expect((await stands(camille.person)).told.at(-1)).toBe('request-code refused not-informed');
  });

  test('comes to the number that the insurance body knows, and takes the place of the one before', async () => {
    await sendWave('wave-77', [department]);
    await world.move('+10m');
    const mailed = await codeOf(camille.person);
    expect((await wish(camille.person)).status).toBe(202);
    const [text] = await textsTo(camille.mobile);
    expect(codeIn(text)).not.toBe(mailed);
    // Half a minute lies between two sendings, whichever way.
    await wish(camille.person, 'mail');
    expect((await stands(camille.person)).told.at(-1)).toBe('request-code refused too-soon');
    const { lines, status } = await stands(camille.person);
    const renewed = lines.find(({ action }) => action === 'enrolment/renew-code');
    expect(renewed).toMatchObject({ channel: 'sms', outcome: 'done' });
    expect(status).toMatchObject({ status: 'invited', informBy: 'mail' });
    expect(JSON.stringify(lines)).not.toContain(camille.mobile);
    expect((await oppose(camille.person, { code: codeIn(text) })).status).toBe(201);
  });

  test('whom no letter informed yet gets none, nor who has no number, nor who wants no messages', async () => {
    for (const { person } of [paper, without, deaf]) await wish(person);
    expect((await stands(paper.person)).told.at(-1)).toBe('request-code refused not-informed');
    expect((await stands(without.person)).told.at(-1)).toBe('renew-code refused undeliverable');
    expect((await stands(deaf.person)).told.at(-1)).toBe('renew-code refused undeliverable');
    // The wish is laid down, and the code that he has stays good.
    const code = await codeOf(deaf.person);
    expect((await oppose(deaf.person, { code })).status).toBe(201);
  });

  test('where it reached nobody, its person has no code any more: he is left to a letter, and nothing opens', async () => {
    await wish(lost.person);
    // Told before the sending was noted, the failure comes again when its message shows.
    await world.move('+1h');
    const { status, told } = await stands(lost.person);
    expect(told.slice(-2)).toEqual(['renew-code', 'note-bounce']);
    expect(status).toMatchObject({ status: 'invited', uninformed: 'bounced' });
  });

  test.each(kinds)('%s of the service loses none', async (kind) => {
    const one = hit.get(kind);
    if (!one) throw new Error('nobody is hit');
    await world.plant({
      ...{ caller: 'enrolment-facts', action: 'sms-voice:SendTextMessage', kind },
      times: kind === 'throttle' ? 4 : 1,
    });
    await wish(one.person);
    await world.move('+10m');
    await world.idle();
    await world.clearFaults();
    const texts = await textsTo(one.mobile);
    // Perhaps doubled, but the same code.
    expect(texts.length).toBeGreaterThanOrEqual(1);
    expect(new Set(texts.map(codeIn)).size).toBe(1);
    expect((await oppose(one.person, { code: codeIn(texts[0]) })).status).toBe(201);
  });
});
