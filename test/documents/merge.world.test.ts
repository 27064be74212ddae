import '#test/notices/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { judge } from '#infra/local/verify/judge.ts';
import { exportOf } from '#infra/local/verify/read-export.ts';
import { transact } from '#shared/aws/transact.ts';
import { contactsWrite, openContacts } from '#shared/record/contacts.ts';
import { loadSignpost } from '#shared/record/signpost.ts';
import { loadStanding } from '#shared/record/standing.ts';
import { someone, wholeTable } from '#test/enrolment/town.ts';
import { deposit, pdf } from './deposits.ts';
import {
  actsFor,
  childOf,
  contentsOf,
  exported,
  finds,
  historyOf,
  holderOf,
  merge,
  mixUpOf,
  noticesOf,
  printed,
  profilesOf,
  type Somebody,
  somebody,
  takenOverBy,
  world,
} from './merging.ts';
import { deposits, Kept, reads } from './talk.ts';

const citizen = 'camille';

async function holds({ nir }: Somebody, words: string): Promise<string> {
  const answer = await deposits('laboratoire', deposit(nir, {}, { content: pdf(words) }));
  expect(answer.status).toBe(201);
  return Kept.parse(answer.body).id;
}

describe('ENR-20: two records with documents that are one person’s', () => {
  let into: Somebody;
  let from: Somebody;
  let [own, first, second, later] = ['', '', '', ''];
  let firstGiven: Record<string, unknown>;

  beforeAll(async () => {
    into = await somebody('open');
    from = await somebody('activated', citizen);
    const contacts = { holder: from.holder, email: 'camille@exemple.invalid' };
    await transact([await contactsWrite({ ...contacts, branch: 'enrolment-94' })]);
    own = await holds(into, 'sous le numéro définitif');
    firstGiven = deposit(from.nir, {}, { content: pdf('un sous le numéro d’attente') });
    first = Kept.parse((await deposits('laboratoire', firstGiven)).body).id;
    second = await holds(from, 'deux sous le numéro d’attente');
  });

  test('become one: status, account and numbers lead to the one that stays', async () => {
    expect(await merge(from, into)).toMatchObject({ updated: 1, errors: 0 });
    expect(await holderOf(from)).toBe(into.holder);
    expect(await loadStanding(from.holder)).toBeUndefined();
    expect(await loadSignpost(from.holder)).toMatchObject({ mergedInto: into.holder });
    expect(await loadStanding(into.holder)).toMatchObject({ status: 'activated' });
    expect((await openContacts(into.holder))?.email).toBe('camille@exemple.invalid');
    expect(await merge(from, into)).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test('documents follow: all are found and read in one record, nothing is left in the other', async () => {
    expect(await finds(citizen)).toEqual([own, first, second].toSorted());
    const read = await reads(citizen, `Binary/${first}`, { accept: 'application/pdf' });
    expect(read.text).toContain('un sous le numéro d’attente');
    expect(await contentsOf(from)).toEqual([]);
    expect(await contentsOf(into)).toEqual([own, first, second].toSorted());
  });

  test('what is deposited by the former number comes here, once, and is known again', async () => {
    const given = deposit(from.nir, {}, { content: pdf('après la réunion') });
    const answer = await deposits('laboratoire', given);
    expect(answer.status).toBe(201);
    const again = await deposits('laboratoire', given);
    expect([again.status, Kept.parse(again.body).id]).toEqual([200, Kept.parse(answer.body).id]);
    later = Kept.parse(answer.body).id;
    expect(await contentsOf(into)).toContain(later);
    // What was deposited before the merge is known by its identifier, too.
    expect((await deposits('laboratoire', firstGiven)).status).toBe(200);
    expect(await finds(citizen)).toHaveLength(4);
    expect((await reads(citizen, `Binary/${own}`)).status).toBe(200);
  });

  test('ACC-53: the history shows both chains, and both are verified and exported', async () => {
    const told = (await historyOf(citizen)).map((one) => one.actionDescription);
    expect(told.filter((one) => one.startsWith('Réunion de'))).toHaveLength(2);
    expect(told.filter((one) => one === 'Dépôt d’un document')).toHaveLength(4);
    const token = await world.token(citizen);
    const { body } = await world.request({ path: '/journal/verification', token });
    expect(body).toMatchObject({ ok: true });
    const parts = await exported(citizen);
    const whole = exportOf(parts.map((part) => JSON.stringify(part)));
    expect([whole.holder, ...whole.merged.map((one) => one.holder)]).toEqual([
      into.holder,
      from.holder,
    ]);
    expect(judge(whole).ok).toBe(true);
  });

  test('undone, each has his own again: by number, by account, and what came since by where it was addressed', async () => {
    const toInto = await holds(into, 'adressé au numéro qui reste');
    expect(await merge(from, into, 'split')).toMatchObject({ updated: 1, errors: 0 });
    expect(await holderOf(from)).toBe(from.holder);
    expect(await loadStanding(from.holder)).toMatchObject({ status: 'activated' });
    expect(await loadStanding(into.holder)).toMatchObject({ status: 'open' });
    expect(await openContacts(into.holder)).toBeUndefined();
    expect((await openContacts(from.holder))?.email).toBe('camille@exemple.invalid');
    expect(await finds(citizen)).toEqual([first, second, later].toSorted());
    expect(await contentsOf(from)).toEqual([first, second, later].toSorted());
    expect(await contentsOf(into)).toEqual([own, toInto].toSorted());
    const read = await reads(citizen, `Binary/${later}`, { accept: 'application/pdf' });
    expect(read.text).toContain('après la réunion');
    expect((await reads(citizen, `Binary/${own}`)).status).toBe(404);
    expect((await deposits('laboratoire', firstGiven)).status).toBe(200);
    expect(await merge(from, into, 'split')).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test('both are told how often the other saw what was his; nobody learns of whom', async () => {
    const [ofInto, ofFrom] = [await mixUpOf(into), await mixUpOf(from)];
    // The account was that of the second one: he read the first one’s document once, and saw the list twice.
    // And took the history of both away once, in however many parts.
    expect(ofInto.counts).toEqual({ readings: 1, lists: 2, histories: 1 });
    expect(ofFrom.counts).toEqual({ readings: 0, lists: 0, histories: 0 });
    expect(await noticesOf(into)).toContain('SEPARATION');
    expect(await noticesOf(from)).toContain('SEPARATION');
  });

  test('no number and no word of a document stands anywhere in clear', async () => {
    const tables = ['ENROLMENT_TABLE', 'DOCUMENTS_TABLE', 'JOURNAL_TABLE'] as const;
    for (const one of await Promise.all(tables.map(wholeTable)))
      for (const word of [from.nir, into.nir, 'Bilan sanguin', 'numéro d’attente'])
        expect(one.includes(word)).toBe(false);
  });
});

describe('ENR-20: a wrong merge into a record that is read', () => {
  let into: Somebody;
  let from: Somebody;
  let [own, strange] = ['', ''];

  beforeAll(async () => {
    into = await somebody('activated', 'lucien');
    from = await somebody('open');
    own = await holds(into, 'le sien');
    strange = await holds(from, 'celui d’un autre');
    expect(await merge(from, into)).toMatchObject({ updated: 1 });
    for (const id of [own, strange, strange])
      expect((await reads('lucien', `Binary/${id}`)).status).toBe(200);
    expect((await reads('lucien', `DocumentReference/${strange}`)).status).toBe(200);
    await exported('lucien');
    expect((await printed('lucien')).status).toBe(200);
    expect(await merge(from, into, 'split')).toMatchObject({ updated: 1 });
  });

  test('the other one is told which of his documents were read, how often and when, by nobody named', async () => {
    const { counts, readings } = await mixUpOf(from);
    expect(counts).toEqual({ readings: 3, lists: 0, histories: 2 });
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({
      actor: { kind: 'anonymous', id: 'other-record' },
      object: { id: strange, counts: { readings: 3 } },
    });
    expect(JSON.stringify(readings)).not.toContain(into.holder);
  });

  test('who read is told that it was so, and that nothing of his was seen; his own history stays', async () => {
    expect((await mixUpOf(into)).counts).toEqual({ readings: 0, lists: 0, histories: 0 });
    expect(await finds('lucien')).toEqual([own]);
    const told = (await historyOf('lucien')).map((one) => one.actionDescription);
    expect(told.filter((one) => one === 'Consultation d’un document')).toHaveLength(3);
    expect(told.filter((one) => one.startsWith('Séparation'))).toHaveLength(1);
    expect(told.filter((one) => one === 'Dépôt d’un document')).toHaveLength(1);
  });
});

test('ENR-20: who took the record over by a code of his own goes on without the other one’s address', async () => {
  const [into, from] = [await somebody('open'), await somebody('activated', 'ines')];
  const confirmed = async (holder: string, email: string) =>
    transact([await contactsWrite({ holder, email, branch: 'enrolment-94' })]);
  await confirmed(from.holder, 'ines@exemple.invalid');
  await merge(from, into);
  expect(await openContacts(into.holder)).toEqual({ email: 'ines@exemple.invalid' });
  await takenOverBy(into, 'yanis');
  await confirmed(into.holder, 'yanis@exemple.invalid');
  expect((await openContacts(into.holder))?.formerEmail).toBe('ines@exemple.invalid');
  expect(await merge(from, into, 'split')).toMatchObject({ updated: 1, errors: 0 });
  expect(await openContacts(into.holder)).toEqual({ email: 'yanis@exemple.invalid' });
  expect(await openContacts(from.holder)).toEqual({ email: 'ines@exemple.invalid' });
});

test('ENR-20: what a former number of a merged record leads to follows it, and comes back', async () => {
  const [into, from] = [await somebody('open'), await somebody('known')];
  const later = { ...from, nir: someone('94').nir };
  const bystander = await somebody('known');
  // Of whom a number was replaced before the two became one.
  expect(await merge(from, later)).toMatchObject({ updated: 1, errors: 0 });
  expect(await merge(later, into)).toMatchObject({ updated: 1, errors: 0 });
  expect([await holderOf(from), await holderOf(later)]).toEqual([into.holder, into.holder]);
  // The record is parted by the number that joined it, not by one that it had before.
  expect((await merge(from, into, 'split')).errorsByCode).toEqual({ 'from/replaced': 1 });
  expect((await merge(from, bystander)).errorsByCode).toEqual({ 'from/replaced': 1 });
  expect(await merge(later, into, 'split')).toMatchObject({ updated: 1, errors: 0 });
  expect([await holderOf(from), await holderOf(later)]).toEqual([from.holder, from.holder]);
  expect(await merge(from, later, 'split')).toMatchObject({ updated: 1, errors: 0 });
  expect(await holderOf(from)).toBe(from.holder);
});

test('MIN-3: a guardian goes on acting for his child by both numbers, and after a parting by his own only', async () => {
  const [into, from] = [await somebody('open'), await somebody('activated', 'ines')];
  const child = await childOf(from);
  expect(await profilesOf('ines')).toEqual([from.holder, child.holder]);
  await merge(from, into);
  expect(await profilesOf('ines')).toEqual([into.holder, child.holder]);
  expect(await actsFor('ines', child)).toBe(200);
  const stranger = await childOf(await somebody('open'));
  expect(await actsFor('ines', stranger)).toBe(403);
  await merge(from, into, 'split');
  expect(await profilesOf('ines')).toEqual([from.holder, child.holder]);
  expect(await actsFor('ines', child)).toBe(200);
});

describe('ENR-20: what is no one person is not merged', () => {
  test('two accounts, a child and none, a number that is no more', async () => {
    const [one, other] = [
      await somebody('activated', 'ines'),
      await somebody('activated', 'yanis'),
    ];
    expect((await merge(one, other)).errorsByCode).toEqual({ 'into/two-accounts': 1 });
    const child = await childOf(one);
    expect((await merge(child, await somebody('known'))).errorsByCode).toEqual({
      'into/one-is-child': 1,
    });
    const [gone, into, third] = [
      await somebody('known'),
      await somebody('known'),
      await somebody('known'),
    ];
    expect(await merge(gone, into)).toMatchObject({ updated: 1 });
    expect((await merge(gone, third)).errorsByCode).toEqual({ 'from/replaced': 1 });
    expect((await merge(third, gone)).errorsByCode).toEqual({ 'into/replaced': 1 });
    expect((await merge(into, third)).errorsByCode).toEqual({ 'into/has-absorbed': 1 });
  });
});
