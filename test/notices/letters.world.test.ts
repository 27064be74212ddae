import './in-process.ts';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noticeOf } from '#functions/notices/rules.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { statusKey } from '#shared/record/table.ts';
import { address, holderWith, lineFor, noticeAt, saidOf, standsAs } from './holders.ts';
import { world } from './in-process.ts';
import { asks, batchOf, dayIn, letterOf, postedTo, sheetsOf } from './paper.ts';

afterEach(() => world.clearFaults());

/** Somebody without an address and without a mobile, of whom something is told. */
async function silent(status: StatusWord, action: string) {
  const { holder } = await holderWith({ status, email: '' });
  const line = await lineFor(holder, action);
  return { holder, notice: noticeOf(line) };
}
const dies = (holder: string) => standsAs(holder, { status: 'deceased', linkedTo: undefined });
const oneSheet = async (day: string, holder: string) => {
  const { batch = '', sheets = [] } = await letterOf(day, holder);
  expect(sheets).toHaveLength(1);
  return { batch, reference: sheets[0]?.reference ?? '' };
};

describe('SEC-8, ENR-2, D60: whom neither mail nor text message reaches is told on paper', () => {
  let day = '';
  let opened = '';
  let closed = '';
  let dead = '';
  let late = '';
  let spoiled = '';
  let batch = '';

  beforeAll(async () => {
    await world.idle();
    day = await dayIn(7);
    const made = [
      await silent('open', 'enrolment/open'),
      await silent('closed', 'enrolment/close'),
      await silent('open', 'enrolment/open'),
      await silent('open', 'enrolment/open'),
      await silent('activated', 'enrolment/relink'),
    ];
    await world.idle();
    for (const one of made)
      expect(await noticeAt(one)).toMatchObject({ state: 'letter', letterOn: day });
    [opened = '', closed = '', dead = '', late = '', spoiled = ''] = made.map((one) => one.holder);
    await dies(dead);
    await world.move('+8d');
    await world.idle();
    batch = (await oneSheet(day, opened)).batch;
  });

  test('a sheet in the batch of the day, the name in the window, what happened, what he can do', async () => {
    const sheets = await sheetsOf(batch);
    const ofOpened = sheets.get((await oneSheet(day, opened)).reference);
    expect(ofOpened?.window[0]).toBe('MME ODETTE DURAND');
    for (const said of ['Votre espace est ouvert', '7 février 2022', 'rubrique « Fermer', '3422'])
      expect(ofOpened?.text).toContain(said);
    const ofClosed = sheets.get((await oneSheet(day, closed)).reference);
    expect(ofClosed?.text).toContain('Votre espace est fermé');
    expect(ofClosed?.text).toContain('Ce n’était pas vous ?');
    for (const { text } of sheets.values()) expect(text).not.toMatch(/\d{13}/);
    const told = await batchOf(batch);
    expect(told).toMatchObject({ day, state: 'ready', letters: sheets.size });
  });

  test('ENR-46: who died before has no sheet; who died since is not to be posted', async () => {
    expect((await letterOf(day, dead)).sheets).toBeUndefined();
    await dies(late);
    const { reference } = await oneSheet(day, late);
    expect((await batchOf(batch)).withhold).toContain(reference);
    expect((await batchOf(batch)).withhold).not.toContain((await oneSheet(day, opened)).reference);
  });

  test('the print shop alone has the sheets; no other role sees a batch', async () => {
    expect((await asks(`/${batch}/letters`, { as: 'campagne' })).status).toBe(403);
    expect((await asks(`/${batch}/manifest`, { as: 'campagne' })).status).toBe(200);
    expect((await asks('', { as: 'conseiller' })).status).toBe(403);
    expect((await asks(`/20000101-001`)).status).toBe(404);
  });

  test('a table that does not answer: the sheets are told as not to be had now, and are had a moment later', async () => {
    const failing = { caller: 'notices-stream', action: 'dynamodb:GetItem' };
    await world.plant({ ...failing, kind: 'throttle', times: 9 });
    expect((await asks(`/${batch}/letters`)).status).toBe(503);
    await world.clearFaults();
    expect((await asks(`/${batch}/letters`)).status).toBe(200);
  });

  test('posted: each journal says so, once; what the shop could not post is printed again, not to the dead', async () => {
    const references = [await oneSheet(day, late), await oneSheet(day, spoiled)];
    const postedOn = await dayIn(0);
    const withhold = (await batchOf(batch)).withhold ?? [];
    const exceptions = [...new Set([...withhold, ...references.map((one) => one.reference)])];
    const post = (body: object) => asks(`/${batch}/posting`, { body });
    expect((await post({ postedOn, exceptions: ['a'.repeat(16)] })).body).toMatchObject({
      code: 'notices/unknown-reference',
    });
    expect((await post({ postedOn: await dayIn(1) })).body).toMatchObject({
      code: 'notices/posted-in-the-future',
    });
    for (let n = 0; n < 2; n++) expect((await post({ postedOn, exceptions })).status).toBe(202);
    expect((await post({ postedOn })).body).toMatchObject({ code: 'notices/already-posted' });
    await world.idle();
    for (const one of [opened, closed])
      expect(await postedTo(one)).toEqual([`notices/post-letter post ${postedOn}`]);
    for (const one of [dead, late, spoiled]) expect(await postedTo(one)).toEqual([]);
    const again = await dayIn(1);
    await world.move('+2d');
    await world.idle();
    const { reference, batch: second } = await oneSheet(again, spoiled);
    expect(reference).not.toBe(references[1]?.reference);
    expect((await sheetsOf(second)).get(reference)?.text).toContain('nouveau compte');
    expect((await letterOf(again, late)).sheets).toBeUndefined();
  });

  test('come back: his journal says so, once', async () => {
    const { reference } = await oneSheet(day, opened);
    const returnedOn = await dayIn(0);
    const returns = [{ reference, returnedOn, reason: 'moved' }];
    for (let n = 0; n < 2; n++) {
      expect((await asks(`/${batch}/returns`, { body: { returns } })).status).toBe(202);
      await world.idle();
    }
    expect((await postedTo(opened)).slice(1)).toEqual(['notices/note-return post']);
    expect(await postedTo(closed)).toHaveLength(1);
    expect((await batchOf(batch)).returned).toBe(1);
  });
});

describe('MIN-1: a minor’s record', () => {
  async function childOf(guardians: readonly string[]): Promise<string> {
    const { holder } = await holderWith({ status: 'activated', email: '' });
    const since = await world.now();
    await dynamo.send(
      new UpdateCommand({
        TableName: world.physical('ENROLMENT_TABLE'),
        Key: statusKey(holder),
        UpdateExpression: 'SET child = :child, guardians = :guardians',
        ExpressionAttributeValues: {
          ':child': { attachedTo: guardians[0], adultOn: '2040-05-01', tag: 'x', rank: 1 },
          ':guardians': guardians.map((one) => ({ holder: one, since })),
        },
      }),
    );
    return holder;
  }
  const guardian = async (email: string) =>
    (await holderWith({ status: 'activated', email })).holder;

  test('each guardian without an address has his own letter, who has one a mail; a secret goes to nobody', async () => {
    const [first, second, mailed] = [await guardian(''), await guardian(''), address()];
    const third = await guardian(mailed);
    const [child, other] = [await childOf([first, second]), await childOf([first, third])];
    const secretly = await childOf([first, second]);
    const day = await dayIn(7);
    for (const one of [child, other]) await lineFor(one);
    await lineFor(secretly, 'documents/deposit-document', { visible: 'minor-secret' });
    await world.idle();
    expect((await world.mails({ to: mailed })).length).toBe(1);
    await world.move('+8d');
    await world.idle();
    const { batch = '', sheets = [] } = await letterOf(day, child);
    expect(sheets.map(({ reader }) => reader).sort()).toEqual([first, second].sort());
    expect((await letterOf(day, other)).sheets?.map(({ reader }) => reader)).toEqual([first]);
    await expect(letterOf(day, secretly)).rejects.toThrow();
    const read = await sheetsOf(batch);
    for (const { reference } of sheets)
      expect(read.get(reference)?.text).toContain('l’espace de santé de votre enfant Odette');
  });

  test('a mail of one guardian that comes back puts him into the letters of the other one', async () => {
    const [first, bounced] = [await guardian(''), await guardian(address('bounce.invalid'))];
    const child = await childOf([first, bounced]);
    const notice = noticeOf(await lineFor(child));
    await world.idle();
    // The news of a bounce may be faster than the note that it went: then it comes again.
    await world.move('+10m');
    await world.idle();
    const stands = await noticeAt({ holder: child, notice });
    expect(stands).toMatchObject({ state: 'letter' });
    expect(stands).not.toHaveProperty('partly');
    expect(await saidOf(child)).toEqual(['refused notices/undeliverable']);
    const day = String(stands?.letterOn);
    await world.move('+8d');
    await world.idle();
    const { sheets = [] } = await letterOf(day, child);
    expect(sheets.map(({ reader }) => reader).sort()).toEqual([first, bounced].sort());
  });
});

test('SEC-8: a run that is killed before it gave its batch out is followed by the next, with the same sheets', async () => {
  const day = await dayIn(7);
  const one = await silent('open', 'enrolment/open');
  await lineFor(one.holder, 'documents/deposit-document');
  await lineFor(one.holder, 'documents/deposit-document');
  await world.idle();
  await world.move('+6d');
  await world.idle();
  await world.plant({
    ...{ caller: 'notices-letters', action: 'dynamodb:TransactWriteItems', kind: 'kill' },
    ...{ if: { contains: 'notices/release-letters' } },
  });
  await world.move('+2d');
  await world.idle();
  expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
  const { batch = '', sheets = [] } = await letterOf(day, one.holder);
  // Two documents are one sheet.
  expect(sheets.map(({ code }) => code).sort()).toEqual(['AJOUT_DOCUMENT', 'OUVERTURE']);
  const read = await sheetsOf(batch);
  for (const { reference } of sheets) expect(read.has(reference)).toBe(true);
  expect((await batchOf(batch)).letters).toBe(read.size);
});

test('SEC-8: an answer that is lost at any write leaves one sheet, one line of its posting, one of its return', async () => {
  const day = await dayIn(7);
  const { holder } = await silent('open', 'enrolment/open');
  await world.idle();
  await world.move('+6d');
  await world.idle();
  const lost = async (caller: string, action: string, contains?: string) =>
    world.plant({
      ...{ caller, action, kind: 'lost-ack' },
      ...(contains ? { if: { contains } } : {}),
    });
  const transaction = 'dynamodb:TransactWriteItems';
  await lost('notices-letters', 'dynamodb:UpdateItem', holder);
  await lost('notices-letters', 's3:PutObject');
  await lost('notices-letters', transaction, 'notices/release-letters');
  await lost('notices-api', transaction, 'notices/post-letters');
  await lost('notices-facts', transaction, 'notices/post-letter"');
  await lost('notices-api', transaction, 'notices/return-letters');
  await lost('notices-facts', transaction, 'notices/note-return');
  await world.move('+2d');
  await world.idle();
  const { batch, reference } = await oneSheet(day, holder);
  expect((await sheetsOf(batch)).has(reference)).toBe(true);
  const today = await dayIn(0);
  expect((await asks(`/${batch}/posting`, { body: { postedOn: today } })).status).toBe(202);
  await world.idle();
  const returns = [{ reference, returnedOn: today, reason: 'moved' }];
  expect((await asks(`/${batch}/returns`, { body: { returns } })).status).toBe(202);
  await world.idle();
  // What failed of a message comes again.
  await world.move('+15m');
  await world.idle();
  expect((await world.faults()).map(({ fired }) => fired)).toEqual(Array(7).fill(1));
  expect(await postedTo(holder)).toEqual([
    `notices/post-letter post ${today}`,
    'notices/note-return post',
  ]);
  expect((await batchOf(batch)).returned).toBe(1);
});
