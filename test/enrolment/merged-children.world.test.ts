import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { deposit, pdf } from '#test/documents/deposits.ts';
import { activate, addressOf, tokenOf } from './activating.ts';
import { activateFor, childOf, codesFor, dropFamily } from './child.ts';
import { dropUpdates, journalOf, sendWave, someone, world } from './town.ts';

const dept = '67';
const [mother, father, third] = [someone(dept), someone(dept), someone(dept)];
/** One child, whom the insurance body took for two: each parent activated the record that he was written about. */
const [hers, his] = [mother, father].map((parent) =>
  childOf(parent, { nir: someone(dept).nir, givenNames: 'Zoé' }),
) as [InsuredRow, InsuredRow];
/** Another one of whom the one record is his mother's, the other nobody's yet. */
const [known, unknown] = [mother, third].map((parent) =>
  childOf(parent, { nir: someone(dept).nir, givenNames: 'Ilan', birthDate: '2016-02-03' }),
) as [InsuredRow, InsuredRow];
/** A third record of the first one, which a third grown-up activated. */
const spare = childOf(third, { nir: someone(dept).nir, givenNames: 'Zoé' });
let [ofHers, ofHis, ofKnown] = ['', '', ''];
let document = '';

const token = (one: InsuredRow) => tokenOf(`merged-${one.nir}`);
async function ask(path: string, as: InsuredRow, how: { child?: string; body?: object } = {}) {
  const { child, body } = how;
  return world.request({
    ...{ method: body ? 'POST' : 'GET', path, token: await token(as) },
    headers: {
      ...(child ? { 'x-acting-for': child } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body } : {}),
  });
}
const profiles = async (as: InsuredRow): Promise<string[]> =>
  JSON.parse((await ask('/identity/profiles', as)).text)
    .profiles.filter(({ relation }: { relation: string }) => relation === 'child')
    .map(({ holder }: { holder: string }) => holder);
const reads = async (as: InsuredRow, child: string) =>
  (await ask(`/fhir/Binary/${document}`, as, { child })).status;
const history = async (as: InsuredRow, child: string) =>
  (await ask('/journal/history', as, { child })).status;
const guardians = async (as: InsuredRow, child: string) =>
  JSON.parse((await ask('/enrolment/guardians', as, { child })).text).guardians;
const close = (as: InsuredRow, child: string) =>
  ask('/enrolment/closure', as, { child, body: { confirm: true, deletion: false } });
const told = async (as: InsuredRow, words: string) =>
  (await world.mails({ to: addressOf(as) })).filter(({ subject }) => subject.includes(words));

async function joined(op: 'merge' | 'split', from: InsuredRow, into: InsuredRow) {
  const counted = await dropUpdates([{ op, from: from.nir, into: into.nir }]);
  await world.idle();
  return counted;
}

async function own(one: InsuredRow): Promise<void> {
  const mails = await world.mails({ to: one.email });
  const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
  expect((await activate(one, { code, token: await token(one) })).status).toBe(200);
}
async function childs(parent: InsuredRow, child: InsuredRow, name: string): Promise<string> {
  const [code = ''] = await codesFor(parent, name);
  const { text, status } = await activateFor(parent, child, { code, token: await token(parent) });
  expect(status, text).toBe(200);
  return JSON.parse(text).holder;
}

beforeAll(async () => {
  const read = await dropFamily([mother, father, third, hers, his, known, unknown, spare]);
  expect(read).toMatchObject({ imported: 8, errors: 0 });
  await sendWave('wave-67', [dept]);
  for (const one of [mother, father, third]) await own(one);
  ofHers = await childs(mother, hers, 'Zoé');
  ofHis = await childs(father, his, 'Zoé');
  ofKnown = await childs(mother, known, 'Ilan');
  await childs(third, spare, 'Zoé');
  const given = await world.request({
    ...{ method: 'POST', path: '/fhir/DocumentReference', token: await world.token('laboratoire') },
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(deposit(his.nir, {}, { content: pdf('de Zoé') })),
  });
  expect(given.status, given.text).toBe(201);
  document = JSON.parse(given.text).id;
});

test('MIN-3, ENR-20: a child whose records are merged is not lost to who acts in the one that is taken in', async () => {
  expect(await profiles(mother)).toEqual([ofHers, ofKnown].toSorted());
  expect(await joined('merge', known, unknown)).toMatchObject({ updated: 1, errors: 0 });
  const now = (await profiles(mother)).filter((one) => one !== ofHers);
  expect(now).toHaveLength(1);
  expect(now).not.toContain(ofKnown);
  for (const child of [ofKnown, ...now]) expect(await history(mother, child)).toBe(200);
  expect(await history(father, ofKnown)).toBe(403);
  // A second guardian is invited by the old id, and finds it under the new one.
  const { nir, birthName, birthDate } = father;
  const body = { nir, birthName, birthDate, firstName: 'Odette' };
  const invited = await ask('/enrolment/guardians', mother, { child: ofKnown, body });
  expect(invited.status, invited.text).toBe(202);
  expect(await joined('split', known, unknown)).toMatchObject({ updated: 1, errors: 0 });
  expect(await profiles(mother)).toEqual([ofHers, ofKnown].toSorted());
  for (const child of now) expect(await history(mother, child)).toBe(403);
});

test('MIN-2: an invitation that waits is found after a merge, by whom it names', async () => {
  const { nir, birthName, birthDate } = father;
  const body = { nir, birthName, birthDate, firstName: 'Odette' };
  const invited = await ask('/enrolment/guardians', mother, { child: ofKnown, body });
  expect(invited.status, invited.text).toBe(202);
  const waiting = async () =>
    JSON.parse((await ask('/enrolment/guardian-invitations', father)).text).invitations;
  expect(await waiting()).toHaveLength(1);
  expect(await joined('merge', known, unknown)).toMatchObject({ updated: 1, errors: 0 });
  const [one] = await waiting();
  expect(one).toMatchObject({ child: 'Ilan' });
  const path = `/enrolment/guardian-invitations/${one.invitation}/answer`;
  const answered = await ask(path, father, { body: { accepts: true, certifies: true } });
  expect(answered.status, answered.text).toBe(200);
  expect(await history(father, ofKnown)).toBe(200);
  expect(await joined('split', known, unknown)).toMatchObject({ updated: 1, errors: 0 });
  // He was invited into her record, and has it.
  expect(await history(father, ofKnown)).toBe(200);
  expect(await profiles(father)).toEqual([ofHis, ofKnown].toSorted());
});

describe('ENR-20, MIN-2: two records of one child, each activated by one parent', () => {
  test('become one: both act in it, each once, by either id, and both read what lay in either', async () => {
    expect(await joined('merge', his, hers)).toMatchObject({ updated: 1, errors: 0 });
    for (const one of [mother, father])
      expect((await profiles(one)).filter((child) => child !== ofKnown)).toEqual([ofHers]);
    expect(await guardians(mother, ofHers)).toBe(2);
    for (const one of [mother, father])
      for (const child of [ofHers, ofHis]) expect(await reads(one, child)).toBe(200);
    expect(await history(third, ofHis)).toBe(403);
  });

  test('a third guardian has no place in it: nothing is merged', async () => {
    const refused = await joined('merge', spare, hers);
    expect(refused.errorsByCode).toEqual({ 'into/too-many-guardians': 1 });
    expect(await profiles(third)).toHaveLength(1);
  });

  test('a wish to close it waits for the other parent, and keeps the record from another merge', async () => {
    const wished = await close(father, ofHis);
    expect([wished.status, wished.text]).toEqual([202, expect.stringContaining('waiting')]);
    await world.idle();
    expect(await told(mother, 'fermeture')).not.toHaveLength(0);
    const another = await joined('merge', spare, hers);
    expect(another.errorsByCode).toEqual({ 'into/closure-waits': 1 });
  });

  test('parted, each is its own parent’s again; what the one who left had asked for is void', async () => {
    expect(await joined('split', his, hers)).toMatchObject({ updated: 1, errors: 0 });
    expect((await profiles(mother)).filter((child) => child !== ofKnown)).toEqual([ofHers]);
    expect((await profiles(father)).filter((child) => child !== ofKnown)).toEqual([ofHis]);
    expect([await history(mother, ofHers), await history(father, ofHis)]).toEqual([200, 200]);
    expect([await history(mother, ofHis), await history(father, ofHers)]).toEqual([403, 403]);
    expect(await reads(father, ofHis)).toBe(200);
    const lines = await journalOf(dept);
    await world.move(new Date(Date.parse(await world.now()) + 40 * 86_400_000).toISOString());
    await world.idle();
    expect(await history(mother, ofHers)).toBe(200);
    expect(lines.get(ofHers)?.at(-1)).toMatchObject({ action: 'enrolment/release-record' });
  });

  test('whose authority was taken in either has none in both, nor by his code', async () => {
    const order = await world.request({
      ...{ method: 'POST', path: '/enrolment/guardianship-orders' },
      token: await world.token('accueil'),
      body: {
        ...{ order: 'withdraw', channel: 'desk', checks: ['court-order'] },
        ...{ nir: mother.nir, birthDate: hers.birthDate, guardianNir: father.nir },
      },
    });
    expect(order.status, order.text).toBe(200);
    expect(await history(father, ofHis)).toBe(200);
    expect(await joined('merge', hers, his)).toMatchObject({ updated: 1, errors: 0 });
    expect(await history(father, ofHis)).toBe(403);
    expect(await history(mother, ofHis)).toBe(200);
    expect((await profiles(father)).filter((child) => child !== ofKnown)).toEqual([]);
    expect(await joined('split', hers, his)).toMatchObject({ updated: 1, errors: 0 });
    expect([await history(mother, ofHers), await history(father, ofHis)]).toEqual([200, 200]);
  });
});
