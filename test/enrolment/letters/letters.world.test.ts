import '../races/in-process.ts';
import { describe, expect, test } from 'vitest';
import { openShard } from '#functions/enrolment/open-shard.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { objectionDeadline, parisDay } from '#shared/kernel/calendar.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { standing } from '../races/standing.ts';
import { dropPeople, oppose, sendWave, signIn, someone, world } from '../town.ts';
import {
  batchesOf,
  fetchLetters,
  lettersOf,
  manifestOf,
  order,
  Problem,
  printed,
  reportPosting,
  reportReturns,
} from './shop.ts';

const department = '53';

const holderOf = async ({ nir }: InsuredRow) =>
  (await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '';
const stands = async (person: InsuredRow) => standing(await holderOf(person));
const today = async () => parisDay(Date.parse(await world.now()));

/** Names by which the letters of this file are told apart. */
const named = (birthName: string, change: Partial<InsuredRow> = {}) =>
  someone(department, { birthName, ...change });

const away = named('ABSENT');
const bounced = { ...away, email: `p${away.nir}@bounce.invalid` };
const offline = named('SANSMAIL', { email: '' });
const spoiled = named('FROISSE', { email: '' });
const gone = named('PARTI', { email: '' });
const passive = named('PASSIF', { email: '' });
const everybody = [bounced, offline, spoiled, gone, passive];

let batch = '';
let letters: Awaited<ReturnType<typeof lettersOf>> = [];
const letterTo = ({ birthName }: InsuredRow) => {
  const found = letters.find(({ text }) => text.includes(`MME ODETTE ${birthName}`));
  if (!found) throw new Error(`no letter to ${birthName}`);
  return found;
};

describe('ENR-1: who has no address, or whose mail came back, gets a letter', () => {
  test('all of a wave’s stand in one batch, each on a sheet of his own, once', async () => {
    await dropPeople(everybody);
    await sendWave('wave-53', [department]);
    await world.idle();
    await world.move('+10m');
    await world.idle();
    await printed(department);
    const [only, ...others] = await batchesOf(department);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ state: 'ready', letters: 5 });
    batch = only?.batch ?? '';
    letters = await lettersOf(batch);
    for (const person of everybody) letterTo(person);
    expect(new Set(letters.map(({ code }) => code)).size).toBe(5);
    const manifest = await manifestOf(batch);
    expect(manifest).toMatchObject({
      letters: 5,
      sha256: only?.sha256,
      sizeBytes: only?.sizeBytes,
    });
    expect(new Set(manifest.pages.map(({ reference }) => reference)).size).toBe(5);
    expect((await stands(bounced)).told).toEqual([
      ...['import-insured', 'send-invitation', 'note-bounce', 'prepare-letter'],
    ]);
    expect((await stands(offline)).status).toMatchObject({ status: 'known', letter: { batch } });
  });

  test('a second order prints nobody again', async () => {
    await order({ wave: 'wave-53' });
    await world.idle();
    expect(await batchesOf(department)).toHaveLength(1);
  });

  test('the sheets are the print shop’s alone', async () => {
    expect((await fetchLetters(batch, 'campagne')).status).toBe(403);
    expect((await fetchLetters(batch, 'accueil')).status).toBe(403);
    expect((await order({ department }, 'imprimerie')).status).toBe(403);
  });

  test('a code is good as soon as the letter is there, before anybody told of its posting', async () => {
    const { code } = letterTo(offline);
    const answer = await oppose(offline, { code, from: '127.53.0.1' });
    expect(answer.status).toBe(201);
  });
});

describe('ENR-2: the deadline of a letter runs from the day of its posting', () => {
  const reported = (change: object = {}) => ({ postedOn: '', exceptions: [], ...change });

  test('a day that cannot be, or a reference that is not of the batch, is refused', async () => {
    const refused = async (body: object) =>
      Problem.parse((await reportPosting(batch, body)).body).code;
    expect(await refused(reported({ postedOn: '2020-01-01' }))).toBe(
      'enrolment/posted-before-batch',
    );
    expect(await refused(reported({ postedOn: '2999-01-01' }))).toBe(
      'enrolment/posted-in-the-future',
    );
    const postedOn = await today();
    expect(await refused(reported({ postedOn, exceptions: ['a'.repeat(16)] }))).toBe(
      'enrolment/unknown-reference',
    );
    expect(Problem.parse((await reportReturns(batch, [returnOf(gone, postedOn)])).body).code).toBe(
      'enrolment/not-posted',
    );
  });

  const returnOf = (person: InsuredRow, returnedOn: string) => ({
    ...{ reference: letterTo(person).reference, returnedOn, reason: 'unknown-at-address' },
  });

  test('told twice it counts once; who was spoiled is printed again, who decided stays', async () => {
    const postedOn = await today();
    await world.move('+2d');
    const body = reported({ postedOn, exceptions: [letterTo(spoiled).reference] });
    for (let time = 0; time < 2; time++) {
      expect((await reportPosting(batch, body)).status).toBe(202);
      await world.idle();
    }
    expect((await reportPosting(batch, reported({ postedOn }))).status).toBe(409);
    const { status, told, lines } = await stands(bounced);
    if (status.status !== 'invited') throw new Error(status.status);
    expect(parisDay(Date.parse(status.informedAt))).toBe(postedOn);
    const sentAt = Date.parse(`${postedOn}T12:00:00Z`);
    expect(Date.parse(status.deadlineAt)).toBe(objectionDeadline({ sentAt, department, days: 42 }));
    expect(status).not.toHaveProperty('uninformed');
    expect(told.at(-1)).toBe('send-letter');
    const object = { to: 'invited', cohort: '1980', informBy: 'letter' };
    expect(lines.at(-1)).toMatchObject({ channel: 'post', object });
    expect((await stands(offline)).status.status).toBe('opposed');
    expect((await stands(spoiled)).told.at(-1)).toBe('spoil-letter');
    const wave = await world.request({
      path: '/enrolment/waves/wave-53',
      token: await signIn('campagne'),
    });
    expect(wave.body).toMatchObject({
      progress: [{ department, invited: 1, deferred: 4, written: 3 }],
    });
  });

  test('who is printed again gets a code that replaces the one of the spoiled sheet', async () => {
    const before = letterTo(spoiled).code;
    await printed(department);
    const [, second] = await batchesOf(department);
    expect(second).toMatchObject({ letters: 1 });
    const [again] = await lettersOf(second?.batch ?? '');
    expect(again?.code).not.toBe(before);
    const wrong = await oppose(spoiled, { code: before, from: '127.53.0.2' });
    expect(wrong.status).toBe(403);
    const right = await oppose(spoiled, { code: again?.code ?? '', from: '127.53.0.3' });
    expect(right.status).toBe(201);
  });

  test('ENR-1: a letter that came back informed nobody: nothing opens', async () => {
    const returnedOn = await today();
    expect((await reportReturns(batch, [returnOf(gone, returnedOn)])).status).toBe(202);
    expect((await reportReturns(batch, [returnOf(gone, returnedOn)])).status).toBe(202);
    await world.idle();
    const { status, told } = await stands(gone);
    expect(status).toMatchObject({ status: 'invited', uninformed: 'returned' });
    expect(told.filter((one) => one === 'note-return')).toHaveLength(1);
    // The same address would give it back again.
    await printed(department);
    expect(await batchesOf(department)).toHaveLength(2);
  });

  test('in time he objects with its code; who says nothing, his record opens at the end', async () => {
    const answer = await oppose(bounced, { code: letterTo(bounced).code, from: '127.53.0.4' });
    expect(answer.status).toBe(201);
    const { status } = await stands(passive);
    if (status.status !== 'invited') throw new Error(status.status);
    const { deadlineAt } = status;
    const open = async (late: number) => {
      const now = Date.parse(deadlineAt) + late;
      for (let shard = 0; shard < 128; shard++) await openShard({ deadlineAt, shard, now });
    };
    await open(0);
    expect((await stands(passive)).status.status).toBe('invited');
    await open(1);
    expect((await stands(passive)).status.status).toBe('open');
    expect((await stands(gone)).status.status).toBe('invited');
  });

  test('a return after the opening changes nothing, and is told in the journal', async () => {
    const returnedOn = await today();
    await reportReturns(batch, [returnOf(passive, returnedOn)]);
    await world.idle();
    const { status, told } = await stands(passive);
    expect(status.status).toBe('open');
    expect(told.at(-1)).toBe('note-return');
  });

  test('ENR-1: another address known, the next letter begins 42 days of its own', async () => {
    await dropPeople([{ ...gone, addressLine: '2 rue Neuve' }]);
    await printed(department);
    const third = (await batchesOf(department)).at(-1)?.batch ?? '';
    const [letter] = await lettersOf(third);
    expect(letter?.text).toContain('2 RUE NEUVE');
    const postedOn = await today();
    await reportPosting(third, { postedOn });
    await world.idle();
    const { status } = await stands(gone);
    expect(status).toMatchObject({ status: 'invited', letter: { batch: third, postedOn } });
    expect(status).not.toHaveProperty('uninformed');
  });
});
