import '../races/in-process.ts';
import { describe, expect, test } from 'vitest';
import { Batch } from '#functions/enrolment/schema-letters.ts';
import { dropPeople, oppose, sendWave, signIn, someone, world } from '../town.ts';
import { batchesOf, printed, reportPosting, reportReturns } from './shop.ts';
import { asksByWeb, lastLetters, stands, today } from './standing-of.ts';

const department = '37';
const offline = (birthName: string) => someone(department, { birthName, email: '' });

const asked = offline('ENCORE');
const moved = offline('ADRESSE');
const decided = offline('DECIDE');
const called = offline('APPELLE');

const returned = async (reference: string) => [
  { reference, returnedOn: await today(), reason: 'unknown-at-address' },
];

let first: Awaited<ReturnType<typeof lastLetters>>;

const withheld = async () => {
  const path = `/enrolment/letter-batches/${first.batch}`;
  const { body } = await world.request({ path, token: await signIn('imprimerie') });
  return Batch.parse(body).withhold;
};

describe('ENR-40: a letter of who has decided is not posted', () => {
  test('nor is that of who objected with its code, or through an agent', async () => {
    await dropPeople([asked, moved, decided, called]);
    await sendWave('wave-37', [department]);
    await world.move('+10m');
    await printed(department);
    first = await lastLetters(department);
    expect(first.letters).toHaveLength(4);
    expect(await withheld()).toEqual([]);
    const { code, reference } = first.to(decided);
    for (let time = 0; time < 2; time++)
      await oppose(decided, { code, from: '127.37.0.1', key: 'a-key-of-department-37' });
    const { nir, birthDate } = called;
    const brought = await world.request({
      ...{ method: 'POST', path: '/enrolment/agent-oppositions' },
      token: await signIn('conseiller'),
      body: {
        ...{ nir, birthDate, channel: 'phone', madeOn: await today() },
        checks: ['name', 'birth-date', 'address'],
      },
    });
    expect(brought.status).toBe(201);
    expect(await withheld()).toEqual([reference, first.to(called).reference].sort());
  });
});

describe('ENR-1: what informed somebody is what its return counts for', () => {
  test('the letters are posted, those kept back are not; who decided stays so', async () => {
    // A file brings another address while the letter to the former one is still at the shop.
    await dropPeople([{ ...moved, addressLine: '7 rue Neuve' }]);
    const postedOn = await today();
    await reportPosting(first.batch, { postedOn, exceptions: await withheld() });
    await world.idle();
    for (const person of [decided, called])
      expect((await stands(person)).status.status).toBe('opposed');
    for (const person of [asked, moved])
      expect((await stands(person)).status).toMatchObject({
        status: 'invited',
        informedBy: first.to(person).reference,
      });
  });

  test('a code by letter, asked for since, informed nobody: the return stops the deadline', async () => {
    await world.move('+1m');
    expect((await asksByWeb(asked, '127.37.0.2')).status).toBe(202);
    await printed(department);
    const second = await lastLetters(department);
    const letter = second.to(asked);
    expect(letter.text).toContain('Votre nouveau code provisoire');
    await reportPosting(second.batch, { postedOn: await today() });
    await world.idle();
    expect((await stands(asked)).status).not.toHaveProperty('uninformed');
    await reportReturns(first.batch, await returned(first.to(asked).reference));
    await world.idle();
    const { status } = await stands(asked);
    expect(status).toMatchObject({ uninformed: 'returned', letter: { batch: second.batch } });
    expect(status).not.toHaveProperty('informedBy');
    // That one came back as well: nothing of it is told twice.
    await reportReturns(second.batch, await returned(letter.reference));
    await world.idle();
    expect((await stands(asked)).told.slice(-2)).toEqual(['note-return', 'note-return']);
    expect((await stands(asked)).status).toMatchObject({ uninformed: 'returned' });
    expect((await oppose(asked, { code: letter.code, from: '127.37.0.3' })).status).toBe(201);
  });

  test('an address that came before the return is written to at once', async () => {
    await reportReturns(first.batch, await returned(first.to(moved).reference));
    await world.idle();
    expect((await stands(moved)).status).toMatchObject({ uninformed: 'readdressed' });
    await printed(department);
    const third = await lastLetters(department);
    expect(third.letters).toHaveLength(1);
    expect(third.to(moved).text).toContain('7 RUE NEUVE');
    await reportPosting(third.batch, { postedOn: await today() });
    await world.idle();
    // This one comes back from the address that is known: it is not printed again.
    await reportReturns(third.batch, await returned(third.to(moved).reference));
    await world.idle();
    expect((await stands(moved)).status).toMatchObject({ uninformed: 'returned' });
    await printed(department);
    expect(await batchesOf(department)).toHaveLength(3);
  });
});
