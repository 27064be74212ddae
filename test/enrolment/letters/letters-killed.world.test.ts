import '../races/in-process.ts';
import { afterAll, expect, test } from 'vitest';
import { claimLetter } from '#functions/enrolment/claim-letter.ts';
import { closeDeadline } from '#functions/enrolment/deadline-store.ts';
import { printLetters } from '#functions/enrolment/job-print.ts';
import {
  batchWrite,
  listBatches,
  loadBatch,
  loadMembers,
  loadOrder,
  orderWrite,
} from '#functions/enrolment/letter-store.ts';
import { object } from '#functions/enrolment/object.ts';
import { deferToLetter } from '#functions/enrolment/send-invitation.ts';
import { settleBatch } from '#functions/enrolment/settle-batch.ts';
import type { LetterBatch } from '#functions/enrolment/stored-letters.ts';
import { loadProgress } from '#functions/enrolment/wave-store.ts';
import { transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { genesis } from '#shared/journal/line.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { as } from '../races/acting.ts';
import { world } from '../races/in-process.ts';
import { killedAt } from '../races/killed-at.ts';
import { plant } from '../races/plant.ts';
import { standing } from '../races/standing.ts';
import { lettersOf } from './shop.ts';

/** A lane works in a département of its own: a print run takes all who are due there. */
const departments = ['04', '05', '07', '08'] as const;
const firstDay = Date.parse('2024-03-01T09:05:00Z');
const day = 86_400_000;
/** Past the lease of whoever died. */
const later = 180_000;
const hasTime = () => true;
const peopleEach = 3;

let cohorts = 0;

afterAll(() => world.idle());

async function orderAnew(department: string, at: number): Promise<void> {
  const stands = await loadOrder(department);
  const from = stands ?? { version: 0, headSeq: genesis.seq, headHash: genesis.hash };
  const orderedAt = new Date(at).toISOString();
  const next = { ...from, department, state: 'running' as const, orderedAt };
  await transact([orderWrite({ ...next, version: from.version + 1 }, stands?.version)]);
}

/** People whom a wave left to letters, and an order to print them. */
async function cohort(department: string) {
  const wave = `letters-${cohorts}`;
  const now = firstDay + cohorts++ * day;
  const people = await plant(peopleEach, { department, email: '' });
  for (const { holder } of people)
    await deferToLetter({ holder, wave, lane: '0', clock: () => now });
  await orderAnew(department, now);
  const print = (late: number) => () =>
    printLetters(department, { clock: () => now + late, hasTime });
  return { department, wave, now, people, print };
}

/** Where an act can die and leave something: at each of its writes, and right after it. */
async function writesOf(act: () => Promise<unknown>): Promise<number[]> {
  const names: string[] = [];
  const call = async <T>(name: string, go: () => Promise<T>): Promise<T> => {
    names.push(name);
    return go();
  };
  await as({ call }, act);
  const writes = names.flatMap((name, at) =>
    /Put|Write|Update/.test(name) ? [at + 1, at + 2] : [],
  );
  return [...new Set(writes)];
}

async function batchesOf(department: string): Promise<LetterBatch[]> {
  const all: LetterBatch[] = [];
  for (let after: string | undefined; ; ) {
    const { batches, next } = await listBatches({ after, limit: 50 });
    all.push(...batches.filter((one) => one.department === department));
    if (!next) return all;
    after = next;
  }
}

test('ENR-1: a printing killed at any of its writes and run again prints everybody once, with one code', async () => {
  for (const department of departments) await (await cohort(department)).print(0)();
  const whole = await cohort('04');
  const deaths = await writesOf(whole.print(0));
  expect(deaths.length).toBeGreaterThanOrEqual(10);
  let seen = 0;
  await inLanes(deaths, departments.length, async (n, lane) => {
    const { department, now, people, print } = await cohort(departments[lane] ?? '');
    const how = `call ${n}`;
    if ((await killedAt(n, print(0))).died) seen++;
    expect(await print(later)(), how).toBe('done');
    const begun = new Date(now - 1).toISOString();
    const made = (await batchesOf(department)).filter(({ begunAt }) => begunAt > begun);
    const members = (
      await Promise.all(
        made
          .filter(({ state }) => state === 'ready')
          .map(async ({ batch }) => (await loadMembers(batch)).map((one) => ({ ...one, batch }))),
      )
    ).flat();
    expect(members.map(({ holder }) => holder).sort(), how).toEqual(
      people.map(({ holder }) => holder).sort(),
    );
    expect(
      made.every(({ state }) => state === 'ready' || state === 'void'),
      how,
    ).toBe(true);
    for (const { holder, batch, reference, salt } of members) {
      const { status, code, told } = await standing(holder);
      expect(status, how).toMatchObject({ status: 'known', letter: { batch, reference } });
      expect(told, how).toEqual(['import-insured', 'defer-to-letter', 'prepare-letter']);
      expect(Buffer.from(salt).equals(code?.current?.salt ?? new Uint8Array()), how).toBe(true);
    }
    const [first] = members;
    const person = people.find(({ holder }) => holder === first?.holder);
    const letters = await lettersOf(first?.batch ?? '');
    const letter = letters.find(({ reference }) => reference === first?.reference);
    if (!person || !letter) throw new Error(`${how}: nobody is printed`);
    await object({
      body: { nir: person.nir, cardSerial: person.cardSerial, code: letter.code },
      ...{ receivedAt: now + later, now: now + later, sourceIp: '10.4.0.1' },
      idempotencyKey: undefined,
    });
    expect((await standing(person.holder)).status.status, how).toBe('opposed');
  });
  expect(seen).toBeGreaterThanOrEqual(deaths.length * 0.7);
}, 240_000);

/** What the shop's report leaves in the batch. */
async function posted(batch: string, at: number, exceptions: readonly string[] = []) {
  const stands = await loadBatch(batch);
  if (!stands) throw new Error('no such batch');
  const posting = {
    on: new Date(at).toISOString().slice(0, 10),
    ...{ reportedAt: new Date(at).toISOString(), exceptions: [...exceptions] },
  };
  const next = { ...stands, state: 'posted' as const, posting, version: stands.version + 1 };
  await transact([batchWrite(next, stands.version)]);
}

test('ENR-2: a posting killed at any of its writes and done again starts each deadline once', async () => {
  const planted = async (department: string) => {
    const one = await cohort(department);
    await one.print(0)();
    const { letter } = (await standing(one.people[0]?.holder ?? '')).status;
    const batch = letter?.batch ?? '';
    // Who was spoiled in an earlier cohort stands in the batch as well.
    const members = await loadMembers(batch);
    const spoiled = members.find(({ holder }) => one.people.some((own) => own.holder === holder));
    await posted(batch, one.now + 3_600_000, [spoiled?.reference ?? '']);
    const settle = () => settleBatch(batch, () => one.now + 7_200_000);
    return { ...one, batch, spoiled: spoiled?.holder, settle };
  };
  const deaths = await writesOf((await planted('04')).settle);
  expect(deaths.length).toBeGreaterThanOrEqual(peopleEach + 1);
  await inLanes(deaths, departments.length, async (n, lane) => {
    const { department, wave, now, people, settle, spoiled } = await planted(
      departments[lane] ?? '',
    );
    const how = `call ${n}`;
    await killedAt(n, settle);
    await Promise.all([settle(), settle()]);
    const deadline = objectionDeadline({ sentAt: now, department, days: 42 });
    const deadlineAt = new Date(deadline).toISOString();
    for (const { holder } of people) {
      const { status, code, told } = await standing(holder);
      const end = holder === spoiled ? 'spoil-letter' : 'send-letter';
      expect(told, how).toEqual(['import-insured', 'defer-to-letter', 'prepare-letter', end]);
      if (holder === spoiled) expect(status, how).not.toHaveProperty('letter');
      else {
        expect(status, how).toMatchObject({ status: 'invited', deadlineAt });
        expect(code?.current, how).toMatchObject({ validUntil: deadlineAt });
      }
    }
    // The clock of the world will not find it: other tests move it.
    await closeDeadline(deadlineAt);
    expect(await loadProgress(wave), how).toEqual([
      { department, invited: 0, deferred: peopleEach, written: peopleEach - 1 },
    ]);
  });
}, 240_000);

test('ENR-1: two runs at the same batch give each person one letter, and the batch out once', async () => {
  const { department, people, print } = await cohort('09');
  // The second finds the first one's lease over, as it would after a long pause.
  const answers = await Promise.all([print(0)(), print(later)(), print(2 * later)()]);
  expect(answers).toContain('done');
  const made = (await batchesOf(department)).filter(({ state }) => state === 'ready');
  const members = (await Promise.all(made.map(({ batch }) => loadMembers(batch)))).flat();
  expect(members.map(({ holder }) => holder).sort()).toEqual(
    people.map(({ holder }) => holder).sort(),
  );
  const letters = (await Promise.all(made.map(({ batch }) => lettersOf(batch)))).flat();
  expect(letters).toHaveLength(peopleEach);
}, 240_000);

test('ENR-1: nobody enters a batch that is being printed or was given out, nor another’s place', async () => {
  const { department, print, now } = await cohort('10');
  await print(0)();
  const [batch] = await batchesOf(department);
  const [late] = await plant(1, { department, email: '' });
  const holder = late?.holder ?? '';
  await deferToLetter({ holder, wave: 'letters-late', lane: '0', clock: () => now });
  const claim = (place: number) =>
    claimLetter({ holder, batch: batch?.batch ?? '', place, now: now + later });
  expect(await claim(1)).toBe('place-taken');
  expect(await claim(400)).toBe('closed');
  expect((await standing(holder)).status).not.toHaveProperty('letter');
});
