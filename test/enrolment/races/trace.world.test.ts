import '#test/notices/in-process.ts';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { loadCertificate } from '#functions/enrolment/certificate-store.ts';
import { findManyByNir } from '#functions/enrolment/people-store.ts';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { hasLines } from '#shared/journal/load.ts';
import { newId } from '#shared/random.ts';
import { childHint } from '#shared/record/guardians.ts';
import { findLink } from '#shared/record/link.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { linkTag, nirTag } from '#shared/record/tags.ts';
import { dropUpdates, someone } from '../town.ts';
import { world } from './in-process.ts';
import { deathsOf, killedAt } from './killed-at.ts';
import { due, type Leaving, leaving } from './leaving.ts';
import { plant } from './plant.ts';

const department = '36';
const day = 86_400_000;
const closedAt = Date.parse('2023-03-01T09:00:00Z');
const minutes = 60_000;

afterEach(() => world.clearFaults());
afterAll(() => world.idle());

/** People whose record was deleted and who were told; with the instant at which their trace ends. */
const deleted = async (count: number): Promise<(Leaving & { until: number })[]> =>
  untilTold(await leaving(count, { department, closedAt, deletion: true }));

async function untilTold(people: readonly Leaving[]) {
  for (const { holder } of people) {
    await due(holder, closedAt + 25 * day);
    await due(holder, closedAt + 32 * day);
  }
  await world.idle();
  // Later than the deletion's own clock, and than the world's, in which the rooms answer.
  const at = Math.max(Date.parse(await world.now()), closedAt + 32 * day) + day;
  return Promise.all(
    people.map(async (one) => {
      expect(await due(one.holder, at)).toEqual(['finished', 'told', 'skipped']);
      const status = await loadStatus(one.holder);
      if (status?.status !== 'deleted') throw new Error('not deleted');
      return { ...one, until: Date.parse(status.traceUntil ?? '') };
    }),
  );
}

const one = async () => {
  const [found] = await deleted(1);
  if (!found) throw new Error('nobody');
  return found;
};

const itemsOf = async (table: string, pk: string) => {
  const query = new QueryCommand({
    TableName: world.physical(table),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  });
  return ((await dynamo.send(query)).Items ?? []).map(({ sk }) => String(sk));
};

/** All that any table holds of somebody, by whatever leads to it. */
async function leftOf({ holder, nir, caller }: Leaving) {
  const key = await secretMade('lookup');
  const account = linkTag(key, 'holder', caller.subject);
  return {
    enrolment: await itemsOf('ENROLMENT_TABLE', `H#${holder}`),
    found: await findByNir(nirTag(key, nir)),
    link: await findLink(account, { consistent: true }),
    identity: await itemsOf('IDENTITY_TABLE', `H#${holder}`),
    notices: await itemsOf('NOTICES_TABLE', `H#${holder}`),
    documents: await itemsOf('DOCUMENTS_TABLE', `H#${holder}`),
    lines: await hasLines(holder),
  };
}

/** What stands under numbers, be it nobody's for now. */
const leadingTo = async (nirs: readonly string[]) => {
  const key = await secretMade('lookup');
  const tags = nirs.map((nir) => nirTag(key, nir));
  const found = await findManyByNir(tags);
  return tags.map((tag) => found.get(tag));
};

const nothing = {
  ...{ enrolment: [], identity: [], notices: [], documents: [], lines: false },
  ...{ found: undefined, link: undefined },
};

/** How often its ends were counted in the département, as the statistics tell. */
async function counted() {
  const token = (await (await fetch(`${world.info.issuer}/token?person=campagne`)).text()).trim();
  const path = '/statistics/enrolment?wave=none';
  const { body } = await world.request({ path, token });
  const text = JSON.stringify(body);
  const own = new RegExp(`"department":"${department}","status":(\\{.*?\\}),"acts":(\\{.*?\\})`);
  const [, status = '{}', acts = '{}'] = own.exec(text) ?? [];
  const of = (json: string, name: string) =>
    Number(new RegExp(`"${name}":(-?\\d+)`).exec(json)?.[1] ?? 0);
  return { deleted: of(status, 'deleted'), ended: of(acts, 'traceEnded') };
}

describe('ENR-47: ten years after a deletion', () => {
  test('all is still there the day before; then nothing is, and the counters tell how many', async () => {
    const person = await one();
    const { holder, until } = person;
    await world.idle();
    const before = await counted();
    expect(await due(holder, until - 1)).toEqual(['skipped']);
    expect((await leftOf(person)).enrolment).toEqual(['CERTIFICATE#1', 'STATUS']);

    expect(await due(holder, until)).toEqual(['ended', 'skipped']);
    expect(await leftOf(person)).toMatchObject({
      ...{ enrolment: ['STATUS'], found: undefined, link: undefined },
    });
    expect(await loadCertificate(holder, 1)).toBeUndefined();
    await world.idle();
    expect(await hasLines(holder)).toBe(false);
    expect(await due(holder, until + 4 * minutes)).toEqual(['skipped']);
    expect(await due(holder, until + 5 * minutes)).toEqual(['forgotten']);
    expect(await leftOf(person)).toEqual(nothing);
    expect(await counted()).toEqual({ deleted: before.deleted - 1, ended: before.ended + 1 });
  });

  test('ENR-20: nor of a record that it took in, nor by any number that either of them ever had', async () => {
    const [person] = await leaving(1, { department, closedAt, deletion: true });
    const [other] = await plant(1, { department });
    if (!person || !other) throw new Error('nobody');
    const [second, fourth] = [someone(department).nir, someone(department).nir];
    // The one has had two numbers, and the other one as well; then they are one.
    const joined = (from: string, into: string) => ({ op: 'merge', from, into });
    expect(
      await dropUpdates([
        ...[joined(person.nir, second), joined(other.nir, fourth)],
        joined(fourth, second),
      ]),
    ).toMatchObject({ updated: 3, errors: 0 });
    await transact([childHint({ guardian: other.holder, child: newId() })]);
    const numbers = [person.nir, other.nir, second, fourth];
    expect((await leadingTo(numbers)).map((one) => one?.holder)).toEqual(
      numbers.map(() => person.holder),
    );

    const [told] = await untilTold([person]);
    await due(person.holder, told?.until ?? 0);
    expect(await leadingTo(numbers)).toEqual(numbers.map(() => undefined));
    await world.idle();
    expect([await hasLines(person.holder), await hasLines(other.holder)]).toEqual([false, false]);
    expect(await due(person.holder, (told?.until ?? 0) + 5 * minutes)).toEqual(['forgotten']);
    expect(await leftOf(person)).toEqual(nothing);
    expect(await leftOf({ ...person, ...other })).toEqual(nothing);
  });

  test('a record is not forgotten before the journal has let go of its lines', async () => {
    const { holder, until } = await one();
    const action = 'dynamodb:DeleteItem';
    await world.plant({ caller: 'journal-facts', action, kind: 'kill', times: 1 });
    expect(await due(holder, until)).toEqual(['ended', 'skipped']);
    await world.idle();
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    expect(await due(holder, until + 5 * minutes)).toEqual(['waits']);
    // The message shows again when the time of the function that died is over.
    await world.move('+1h');
    expect(await due(holder, until + 5 * minutes)).toEqual(['forgotten']);
  });

  test('the clock does it: nothing is left of a record whose trace was to end', async () => {
    const person = await one();
    const status = await loadStatus(person.holder);
    if (status?.status !== 'deleted') throw new Error('not deleted');
    const traceUntil = new Date(Date.parse(await world.now()) - day).toISOString();
    const over = { ...status, version: status.version + 1, traceUntil };
    await transact([
      statusWrite(over, status.version),
      childHint({ guardian: person.holder, child: newId() }),
    ]);
    // One of the four runs of a day begins it, the next one finds the journal's lines gone.
    for (const _ of [1, 2]) {
      await world.move('+9h');
      await world.idle();
    }
    expect(await leftOf(person)).toEqual(nothing);
  });

  test('killed at any of its calls and done again, it leaves nothing', async () => {
    const first = await one();
    const deaths = await deathsOf(() => due(first.holder, first.until));
    expect(deaths.length).toBeGreaterThanOrEqual(3);
    const people = await deleted(deaths.length);
    await inLanes(deaths, 3, async (n) => {
      const person = people[n - 1] ?? first;
      const { holder, until } = person;
      expect(await killedAt(n, () => due(holder, until)), `call ${n}`).toMatchObject({
        died: true,
      });
      await due(holder, until + 1000);
    });
    await world.idle();
    await inLanes(people, 3, async (person) => {
      await killedAt(2, () => due(person.holder, person.until + 6 * minutes));
      await due(person.holder, person.until + 7 * minutes);
      expect(await leftOf(person)).toEqual(nothing);
    });
  }, 240_000);

  test('an answer lost on the way has one effect', async () => {
    const person = await one();
    const lose = (contains: string) =>
      world.plant({
        ...{ caller: 'operator', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
        if: { contains },
      });
    await lose('"enrolment/end-trace"');
    await due(person.holder, person.until);
    await world.idle();
    await lose(person.holder);
    await due(person.holder, person.until + 5 * minutes);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1, 1]);
    expect(await leftOf(person)).toEqual(nothing);
  });
});
