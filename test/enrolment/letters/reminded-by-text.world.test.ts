import '../races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { childColumns, columns } from '#functions/enrolment/rules/insured-row.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { childOf } from '../child.ts';
import { csv, drop, parisTime, sendWave, someone, world } from '../town.ts';
import { printed, reportPosting } from './shop.ts';
import { lastLetters, stands, today } from './standing-of.ts';

const department = '92';
const texted = someone(department, { birthName: 'PORTABLE', email: '' });
const gaveBack = someone(department, { birthName: 'RETOUR', email: 'retour-92@bounce.invalid' });
const parent = someone(department, { birthName: 'PARENT', email: '' });
const child = childOf(parent, { birthName: 'PARENT', givenNames: 'Lou' });
const paper = someone(department, { birthName: 'PAPIER', email: '' });
const mobiles = { texted: '+33639980921', gaveBack: '+33639980922', parent: '+33639980923' };
let lastDay = '';

const textsTo = async (to: string) => (await world.texts({ to })).map(({ text }) => text);
const reminds = 'le délai pour refuser';
const toldOf = async (person: Parameters<typeof stands>[0]) =>
  (await stands(person)).told.filter((act) => act === 'remind-deadline');

beforeAll(async () => {
  const header = [...columns, ...childColumns, 'birthPlace', 'mobile'].join(';');
  const rows = [
    `${csv(texted)};;;;${mobiles.texted}`,
    `${csv(gaveBack)};;;;${mobiles.gaveBack}`,
    `${csv(paper)};;;;`,
    `${csv(parent)};;;;${mobiles.parent}`,
    `${csv(child)};${parent.nir};;;`,
  ];
  expect(await drop([header, ...rows, ''].join('\n'))).toMatchObject({ imported: 5, errors: 0 });
  await sendWave('wave-92', [department]);
  await world.move('+10m');
  await world.idle();
  await printed(department);
  const { batch, letters } = await lastLetters(department);
  expect(letters).toHaveLength(5);
  await reportPosting(batch, { postedOn: await today() });
  await world.idle();
  lastDay = addDays(await today(), 42);
});

describe('ENR-2: who was informed by letter is reminded by a text message', () => {
  test('fourteen and three days before the end of the deadline that runs from the posting', async () => {
    await world.move(parisTime(addDays(lastDay, -14), 8, 30));
    await world.idle();
    expect(await textsTo(mobiles.texted)).toEqual([]);
    await world.move('+10m');
    await world.idle();
    expect(await textsTo(mobiles.texted)).toEqual([expect.stringContaining(reminds)]);
    await world.move(parisTime(addDays(lastDay, -3), 8, 40));
    await world.idle();
    expect(await textsTo(mobiles.texted)).toHaveLength(2);
    expect(await toldOf(texted)).toHaveLength(2);
  });

  test('also whose mail came back: nothing more is sent to that address', async () => {
    expect((await stands(gaveBack)).status).toMatchObject({
      status: 'invited',
      informBy: 'letter',
    });
    expect(await textsTo(mobiles.gaveBack)).toHaveLength(2);
    const mails = await world.mails({ to: gaveBack.email });
    expect(mails).toHaveLength(1);
  });

  test('who is told of a child, about the child as well', async () => {
    const texts = await textsTo(mobiles.parent);
    expect(texts.filter((text) => text.includes('de votre enfant'))).toHaveLength(2);
    expect(texts.filter((text) => !text.includes('de votre enfant'))).toHaveLength(2);
  });

  test('of whom only a postal address is known nothing is said that was not done', async () => {
    expect(await toldOf(paper)).toEqual([]);
    expect((await stands(paper)).status).not.toHaveProperty('reminded');
  });

  test('and all are opened when they say nothing', async () => {
    await world.move(parisTime(addDays(lastDay, 1), 0, 30));
    await world.idle();
    for (const person of [texted, gaveBack, paper])
      expect((await stands(person)).status.status).toBe('open');
    // The opening is told by the same way.
    expect(await textsTo(mobiles.gaveBack)).toHaveLength(3);
    expect(await world.mails({ to: gaveBack.email })).toHaveLength(1);
  });
});
