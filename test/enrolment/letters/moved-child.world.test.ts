import { expect, test } from 'vitest';
import * as z from 'zod';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { childOf, codesFor, dropFamily, opposeFor } from '../child.ts';
import { sendWave, signIn, someone, world } from '../town.ts';
import { batchesOf, lettersOf, printed, reportPosting } from './shop.ts';

const dept = '69';
const mother = someone(dept, { birthName: 'MEREHERON' });
const father = someone(dept, { birthName: 'PEREHERON' });
const byLetter = someone(dept, { birthName: 'MERELOUTRE', email: '' });
const child = (of: InsuredRow, givenNames: string) =>
  childOf(of, { givenNames, birthDate: '2016-04-05', nir: someone(dept).nir });
const mailed = child(mother, 'Ange');
const inPrint = child(byLetter, 'Basile');
const stays = child(mother, 'Cyprien');
/** The same child, as a later file attaches it to the other parent. */
const toFather = (row: InsuredRow, rank: string): InsuredRow => ({
  ...row,
  ...{ cardSerial: father.cardSerial, child: { guardianNir: father.nir, rank } },
});

const last = async () => (await batchesOf(dept)).at(-1)?.batch ?? '';
const Batch = z.looseObject({ withhold: z.array(z.string()).optional() });

test('ENR-4, R1111-28: whom a file attaches to another parent while a deadline runs is told to that one, with 42 days', async () => {
  const ranked = [
    { ...mailed, child: { guardianNir: mother.nir, rank: '1' } },
    { ...stays, child: { guardianNir: mother.nir, rank: '2' } },
  ];
  const people = [mother, father, byLetter, ...ranked, inPrint];
  expect(await dropFamily(people)).toMatchObject({ imported: 6, errors: 0 });
  await sendWave('wave-69-letters', [dept]);
  await printed(dept);
  const batch = await last();
  const his = (await lettersOf(batch)).find(({ text }) => text.includes('Basile'));
  const rows = [toFather(mailed, '1'), toFather(inPrint, '2')];
  expect(await dropFamily(rows)).toMatchObject({ updated: 2, errors: 0 });
  // The letter that lies at the shop is the former parent's.
  const path = `/enrolment/letter-batches/${batch}`;
  const told = await world.request({ path, token: await signIn('imprimerie') });
  expect(Batch.parse(told.body).withhold).toEqual([his?.reference]);
  await printed(dept);
  const letters = await lettersOf(await last());
  // By letter at once to whom something was sent before; the wave that goes on mails the other’s code.
  expect(letters).toHaveLength(1);
  const [{ text = '', code: fathers = '' } = {}] = letters;
  expect(text).toContain('PEREHERON');
  expect(text).toContain('Ange');
  // The same row again has nobody told again.
  expect(await dropFamily(rows)).toMatchObject({ unchanged: 2 });
  const postedOn = parisDay(Date.parse(await world.now()));
  expect((await reportPosting(await last(), { postedOn })).status).toBe(202);
  await world.idle();
  const answer = await opposeFor(father, toFather(mailed, '1'), {
    ...{ code: fathers, rank: 1 },
  });
  expect(answer.status, answer.text).toBe(201);
  await world.move(new Date(Date.parse(await world.now()) + 2 * 3_600_000).toISOString());
  await world.idle();
  expect(await codesFor(father, 'Basile')).toHaveLength(1);
  // Whose parent stays has the deadline and the code of the mail.
  const [code = ''] = await codesFor(mother, 'Cyprien');
  expect((await opposeFor(mother, stays, { code, rank: 2 })).status).toBe(201);
});
