import { expect, test } from 'vitest';
import * as z from 'zod';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { childOf, dropFamily } from '../child.ts';
import { journalOf, sendWave, signIn, someone, world } from '../town.ts';
import { batchesOf, lettersOf, printed, reportPosting } from './shop.ts';

const dept = '93';
const father = someone(dept, { birthName: 'PERECIGOGNE', email: '' });
const mother = someone(dept, { birthName: 'MERECIGOGNE', email: '' });
const child = (givenNames: string, birthDate: string) =>
  childOf(father, { givenNames, birthDate, nir: someone(dept).nir });
const early = child('Ange', '2014-02-03');
const late = child('Basile', '2015-03-04');
const stays = child('Cyprien', '2016-04-05');

const withdraw = async ({ birthDate }: InsuredRow) => {
  const answer = await world.request({
    ...{
      method: 'POST',
      path: '/enrolment/guardianship-orders',
      token: await signIn('conseiller'),
    },
    body: {
      ...{ order: 'withdraw', nir: father.nir, guardianNir: father.nir, birthDate },
      ...{ channel: 'post', checks: ['court-order'] },
    },
  });
  expect(answer.status, answer.text).toBe(200);
};

const last = async () => (await batchesOf(dept)).at(-1)?.batch ?? '';
const about = (text: string) =>
  ['Ange', 'Basile', 'Cyprien'].filter((name) => text.includes(name)).join();
const Batch = z.looseObject({ withhold: z.array(z.string()).optional() });

test('MIN-2, R1111-28: no letter about a child goes to who lost his authority, and none of his in print informs', async () => {
  expect(await dropFamily([father, mother, early, late, stays])).toMatchObject({ imported: 5 });
  await sendWave('wave-93', [dept]);
  await withdraw(early);
  await printed(dept);
  const batch = await last();
  const letters = await lettersOf(batch);
  expect(letters.map(({ text }) => about(text)).sort()).toEqual(['', '', 'Basile', 'Cyprien']);
  // In print, and not posted yet.
  await withdraw(late);
  const path = `/enrolment/letter-batches/${batch}`;
  const told = await world.request({ path, token: await signIn('imprimerie') });
  const his = letters.find(({ text }) => about(text) === 'Basile');
  expect(Batch.parse(told.body).withhold).toEqual([his?.reference]);
  // Should it be posted all the same, it informs nobody.
  const posting = await reportPosting(batch, { postedOn: parisDay(Date.parse(await world.now())) });
  expect(posting.status, posting.text).toBe(202);
  await world.idle();
  const acts = [...(await journalOf(dept)).values()].map((lines) =>
    lines.map(({ action }) => action),
  );
  const withdrawn = acts.filter((chain) => chain.includes('enrolment/withdraw-guardian'));
  expect(withdrawn).toHaveLength(2);
  for (const chain of withdrawn) expect(chain).not.toContain('enrolment/send-letter');
  expect(acts.filter((chain) => chain.includes('enrolment/send-letter'))).toHaveLength(3);
  // Attached to the other parent both are informed by her name.
  const hers = [early, late].map((one) => ({
    ...{ ...one, child: { guardianNir: mother.nir, rank: '' } },
  }));
  expect(await dropFamily(hers)).toMatchObject({ updated: 2 });
  await printed(dept);
  expect(await last()).not.toBe(batch);
  const again = await lettersOf(await last());
  expect(again.map(({ text }) => about(text)).sort()).toEqual(['Ange', 'Basile']);
  for (const { text } of again) expect(text).toContain('MERECIGOGNE');
});
