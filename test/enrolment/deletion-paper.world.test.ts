import '#test/notices/in-process.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShard } from '#functions/enrolment/open-shard.ts';
import { AgentClosure } from '#functions/enrolment/schema-agent-closure.ts';
import { addDays, frenchDay, parisBounds, parisDay } from '#shared/kernel/calendar.ts';
import { findPerson } from '#shared/record/person.ts';
import { batchOf, letterOf, postedTo, sheetsOf } from '#test/notices/paper.ts';
import { type Planted, plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { signIn, world } from './town.ts';

const department = '49';
const shard = 93;
const dayMs = 86_400_000;

const post = async (path: string, as: string, body: object) =>
  world.request({ method: 'POST', path, body, token: await signIn(as) });

/** The answer to a room's line is lost: it leaves one line nevertheless. */
const losing = (caller: string, act: string) =>
  world.plant({
    ...{ caller, action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
    if: { contains: `"enrolment/${act}"` },
  });

/** Two agents close the record of who has no way of his own, and have it deleted (D60). */
async function leaves({ nir, birthDate }: Planted) {
  const named = { nir, birthDate, channel: 'phone', deletion: true };
  const asked = await post('/enrolment/agent-closures', 'conseiller', {
    ...{ ...named, madeOn: parisDay(Date.parse(await world.now())) },
    checks: ['name', 'birth-date', 'address'],
  });
  const { wish } = AgentClosure.parse(asked.body);
  const answer = await post('/enrolment/agent-closures/confirmation', 'accueil', {
    ...{ ...named, wish, agrees: true },
    checks: ['known-number', 'name', 'birth-date'],
  });
  if (answer.status !== 200) throw new Error(answer.text);
}

const lineOf = async (holder: string, action: string) =>
  (await standing(holder)).lines.find((line) => line.action === `enrolment/${action}`);
const channels = async (holder: string) =>
  (await standing(holder)).lines
    .filter(({ action }) => /deletion|last-letter/.test(action))
    .map(({ action, channel }) => `${action.slice('enrolment/'.length)} ${channel}`);
const deleteFromOf = async (holder: string) => {
  const { status } = await standing(holder);
  return 'deleteFrom' in status ? status.deleteFrom : undefined;
};
const sheetOf = async (day: string, holder: string) => {
  const { batch = '', sheets = [] } = await letterOf(day, holder);
  return (await sheetsOf(batch)).get(sheets[0]?.reference ?? '')?.text;
};

/** When a record may be deleted of which its holder is reminded at an instant, by so many days. */
const daysAfter = (at: string | undefined, days: number) =>
  new Date(parisBounds(addDays(parisDay(Date.parse(at ?? '')), days)).begin).toISOString();

describe('ENR-43, ENR-44, D68: who is told by letter, or by text message', () => {
  let people: Planted[] = [];
  const one = (at: number): Planted => {
    const found = people[at];
    if (!found) throw new Error('nobody');
    return found;
  };

  beforeAll(async () => {
    await world.idle();
    const now = Date.parse(await world.now());
    const planting = { department, shard, sentAt: now - 61 * dayMs };
    people = [
      ...(await plant(1, { ...planting, email: '' })),
      ...(await plant(1, { ...planting, email: 'u49@refus.invalid' })),
      ...(await plant(1, { ...planting, email: '', mobile: '+33612494949' })),
    ];
    await openShard({ deadlineAt: one(0).deadlineAt, shard, now });
    for (const each of people) await leaves(each);
    await world.idle();
    await losing('enrolment-facts', 'postpone-deletion');
    await losing('enrolment-deletion', 'order-last-letter');
    await world.move('+26d');
    await world.idle();
  });
  afterAll(() => world.clearFaults());

  test('the reminder says by which way it goes, and a letter gets the days that it takes', async () => {
    const [silent, refusing, called] = [one(0), one(1), one(2)];
    const at = async ({ holder }: Planted) => (await lineOf(holder, 'remind-deletion'))?.at;
    expect(await channels(silent.holder)).toEqual([
      'request-deletion phone',
      'remind-deletion post',
    ]);
    expect(await deleteFromOf(silent.holder)).toBe(daysAfter(await at(silent), 14));
    const postponed = ['remind-deletion mail', 'postpone-deletion post'];
    expect((await channels(refusing.holder)).slice(1)).toEqual(postponed);
    expect(await deleteFromOf(refusing.holder)).toBe(daysAfter(await at(refusing), 14));
    expect((await channels(called.holder)).slice(1)).toEqual(['remind-deletion sms']);
    expect(await deleteFromOf(called.holder)).toBe(daysAfter(await at(called), 7));
  });

  test('the letter is printed the next morning, and says the day that holds', async () => {
    const { holder } = one(0);
    const reminded = (await lineOf(holder, 'remind-deletion'))?.at ?? '';
    const day = addDays(parisDay(Date.parse(reminded)), 1);
    await world.move('+1d');
    await world.idle();
    const text = await sheetOf(day, holder);
    expect(text).toContain('Votre espace va bientôt être supprimé');
    const until = parisDay(Date.parse((await deleteFromOf(holder)) ?? ''));
    expect(text).toContain(`à partir du ${frenchDay(until)}`);
    expect(text).not.toContain('Cela s’est passé');
    const { batch = '' } = await letterOf(day, holder);
    const postedOn = parisDay(Date.parse(await world.now()));
    const path = `/notices/letter-batches/${batch}/posting`;
    const exceptions = (await batchOf(batch)).withhold ?? [];
    expect((await post(path, 'imprimerie', { postedOn, exceptions })).status).toBe(202);
    await world.idle();
    expect(await postedTo(holder)).toEqual([`notices/post-letter post ${postedOn}`]);
  });

  test('who has a mobile is told the end by text message, and the line says so', async () => {
    const { holder, mobile = '' } = one(2);
    await world.move('+6d');
    await world.idle();
    expect((await channels(holder)).at(-1)).toBe('tell-deletion sms');
    expect((await world.texts({ to: mobile })).at(-1)?.text).toContain("l'espace est supprimé");
    expect(await findPerson(holder)).toBeUndefined();
    expect(await deleteFromOf(one(0).holder)).toBeDefined();
  });

  test('who has neither is told by a letter: his identity stays until it is printed, then goes', async () => {
    const { holder } = one(0);
    const end = Date.parse((await deleteFromOf(holder)) ?? '');
    await world.move(new Date(end + 8 * 3_600_000).toISOString());
    await world.idle();
    for (const each of [holder, one(1).holder]) {
      expect((await channels(each)).slice(-2)).toEqual([
        'finish-deletion clock',
        'order-last-letter post',
      ]);
      expect(await findPerson(each)).toBeDefined();
    }
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1, 1]);
    const day = addDays(
      parisDay(Date.parse((await lineOf(holder, 'order-last-letter'))?.at ?? '')),
      1,
    );
    await world.move('+1d');
    await world.idle();
    for (const each of [holder, one(1).holder])
      expect(await sheetOf(day, each)).toContain('Votre espace est supprimé');
    await world.move('+2d');
    await world.idle();
    for (const each of [holder, one(1).holder]) {
      expect((await channels(each)).at(-1)).toBe('tell-deletion post');
      expect(await findPerson(each)).toBeUndefined();
    }
    // The sheet was made while there was a name: it is still to be posted.
    const { batch = '', sheets = [] } = await letterOf(day, holder);
    expect((await batchOf(batch)).withhold).not.toContain(sheets[0]?.reference);
  });
});
