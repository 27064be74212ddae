import './races/in-process.ts';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { openShard } from '#functions/enrolment/open-shard.ts';
import { loadStatus } from '#functions/enrolment/person-store.ts';
import { agentTag } from '#functions/enrolment/tags.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { activate, tokenOf } from './activating.ts';
import { type Planted, plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { oppose, someone, wholeTable, world } from './town.ts';

const department = '29';
const dayMs = 86_400_000;
const checks = {
  phone: ['name', 'birth-date', 'address'],
  post: ['name', 'birth-date', 'signature'],
  desk: ['identity-paper'],
} as const;

let now = 0;
let today = '';
beforeAll(async () => {
  await world.idle();
  now = Date.parse(await world.now());
  today = parisDay(now);
});

interface Bringing {
  readonly as?: string;
  readonly channel?: keyof typeof checks;
  readonly change?: object;
}

/** `POST /enrolment/agent-oppositions` as an agent does it. */
async function bring(
  { nir, birthDate }: Pick<Planted, 'nir' | 'birthDate'>,
  { as = 'conseiller', channel = 'phone', change = {} }: Bringing = {},
) {
  return world.request({
    ...{ method: 'POST', path: '/enrolment/agent-oppositions', token: await world.token(as) },
    body: { nir, birthDate, channel, madeOn: today, checks: checks[channel], ...change },
  });
}

async function planted(daysAgo?: number): Promise<Planted> {
  const sentAt = daysAgo === undefined ? {} : { sentAt: now - daysAgo * dayMs };
  const [one] = await plant(1, { department, shard: 3, ...sentAt });
  if (!one) throw new Error('nobody was planted');
  return one;
}

/** Somebody whose record opened by itself. */
async function opened(): Promise<Planted> {
  const one = await planted(60);
  await openShard({ deadlineAt: one.deadlineAt, shard: 3, now });
  expect((await loadStatus(one.holder))?.status).toBe('open');
  return one;
}

describe('ENR-40: objecting through an agent', () => {
  test('by phone counts at once; the proof and the journal name channel, agent and instant', async () => {
    const one = await planted(3);
    const made = new Date(now - 60_000).toISOString();
    const change = { madeOn: made, reference: 'CALL-17', cardSerial: one.cardSerial };
    const answer = await bring(one, { change });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...{ status: 'opposed', channel: 'phone', madeAt: made },
      ...{ reference: expect.any(String), receivedAt: expect.any(String) },
      ...{ about: 'self', seal: expect.any(String) },
    });
    const { reference } = JSON.parse(answer.text);
    const { status, lines } = await standing(one.holder);
    expect(status).toMatchObject({
      status: 'opposed',
      decidedBy: { reference, evidence: 'CALL-17', checks: checks.phone },
    });
    expect(lines.at(-1)).toMatchObject({
      ...{ id: reference, action: 'enrolment/oppose', outcome: 'done', channel: 'phone' },
      object: { from: 'invited', to: 'opposed' },
      actor: {
        ...{ kind: 'agent', id: 'agent-0002', role: 'adviser-3422' },
        structure: 'Support de démonstration',
      },
    });
  });

  test('at a desk counts for who was not informed yet: he will not be invited', async () => {
    const one = await planted();
    const answer = await bring(one, { as: 'accueil', channel: 'desk' });
    expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('"desk"')]);
    const { status, lines } = await standing(one.holder);
    expect(status).toMatchObject({ status: 'opposed' });
    expect(lines.at(-1)).toMatchObject({ object: { from: 'known', to: 'opposed' } });
  });

  test('that he stood at a desk only an agent of a desk can say: who was on the phone has more to check', async () => {
    const one = await planted(3);
    const before = await standing(one.holder);
    for (const as of ['conseiller', 'campagne']) {
      const answer = await bring(one, { as, channel: 'desk' });
      expect(answer.body, as).toMatchObject({ status: 403, code: 'enrolment/role-required' });
    }
    expect(await standing(one.holder)).toEqual(before);
  });

  test('a letter written in time reverses the opening, one written too late does not', async () => {
    const [inTime, late] = [await opened(), await opened()];
    const as = 'campagne';
    const letter = (madeOn: string) => ({ as, channel: 'post' as const, change: { madeOn } });
    const answer = await bring(inTime, letter(parisDay(Date.parse(inTime.deadlineAt))));
    expect(answer.body).toMatchObject({ madeAt: inTime.deadlineAt, channel: 'post' });
    expect((await standing(inTime.holder)).told.slice(-2)).toEqual(['open', 'oppose']);
    const refused = await bring(late, letter(parisDay(Date.parse(late.deadlineAt) + 1)));
    expect(refused.body).toMatchObject({
      ...{ status: 409, code: 'enrolment/deadline-passed', deadlineAt: late.deadlineAt },
      title: expect.stringContaining('clôture'),
    });
    const { status, told } = await standing(late.holder);
    expect([status.status, told.at(-1)]).toEqual(['open', 'oppose refused deadline-passed']);
  });

  test('twice, or after an objection with the code, has the same proof and one effect', async () => {
    const [one, online] = [await planted(3), await planted(3)];
    const first = await bring(one);
    const again = await bring(one, { as: 'accueil', channel: 'desk' });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect((await standing(one.holder)).told.slice(2)).toEqual(['oppose']);
    const web = await oppose({ ...someone(department), ...online }, { code: online.code });
    expect(web.body).toMatchObject({ channel: 'web' });
    expect((await bring(online)).text).toBe(web.text);
  });

  test('two at once have one effect', async () => {
    const one = await planted(3);
    const answers = await Promise.all([bring(one), bring(one), bring(one)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await standing(one.holder)).told.slice(2)).toEqual(['oppose']);
  });

  test.each(['lost-ack', 'conflict', 'reset', 'throttle'] as const)(
    'has one effect when the write is hit by: %s',
    async (kind) => {
      const one = await planted(3);
      const action = 'dynamodb:TransactWriteItems';
      await world.plant({ caller: 'enrolment-api', action, kind, nth: 1 });
      const answer = await bring(one);
      expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
      await world.clearFaults();
      expect(answer.status).toBe(201);
      expect((await standing(one.holder)).told.slice(2)).toEqual(['oppose']);
    },
  );

  test('leaves the code alive: with it the person may activate later', async () => {
    const one = await planted(3);
    await bring(one);
    const person = { ...someone(department), ...one };
    const told = await oppose(person, { code: one.code });
    expect(told.body).toMatchObject({ code: 'enrolment/already-opposed' });
    const token = await tokenOf(`brought-${one.holder}`);
    const activated = await activate(person, { code: one.code, token });
    expect(activated.status).toBe(200);
    expect((await bring(one)).body).toMatchObject({ code: 'enrolment/already-activated' });
    expect((await standing(one.holder)).told.at(-1)).toBe('oppose refused already-activated');
  });
});

describe('ENR-40: what an agent is told', () => {
  test('nobody by that NIR and birth date is one answer, and stands with whom was named', async () => {
    const one = await planted(3);
    const nobody = await bring(someone(department));
    const other = await bring({ ...one, birthDate: '1985-05-13' });
    expect(other.body).toMatchObject({ status: 404, code: 'enrolment/unknown-person' });
    expect(nobody.text).toBe(other.text);
    const { status, told } = await standing(one.holder);
    expect([status.status, told.at(-1)]).toEqual(['invited', 'oppose refused birth-mismatch']);
  });

  test.each([
    ['a card that is not his', { cardSerial: '99999999' }, 'card-mismatch'],
    ['a day to come', { madeOn: '2099-01-01' }, 'made-in-the-future'],
    ['a day before he was known', { madeOn: '2001-01-01' }, 'made-before-import'],
  ])('%s: he learns the reason, and so does the journal', async (_, change, reason) => {
    const one = await planted(3);
    const answer = await bring(one, { change });
    expect(answer.body).toMatchObject({ status: 409, code: `enrolment/${reason}` });
    expect((await standing(one.holder)).told.at(-1)).toBe(`oppose refused ${reason}`);
  });

  test('which checks are missing, before anybody is looked up', async () => {
    const one = await planted(3);
    const answer = await bring(one, { channel: 'post', change: { checks: ['name'] } });
    expect(answer.body).toMatchObject({
      ...{ status: 409, code: 'enrolment/checks-missing', missing: 'birth-date, signature' },
    });
    expect((await standing(one.holder)).told).toHaveLength(2);
  });

  test('that a hundred and twenty in an hour are enough, whatever came of them; another agent goes on', async () => {
    const [one, other] = [await planted(3), await planted(3)];
    const agent = agentTag(await secretMade('lookup'), 'agent-0003');
    const hour = (await world.now()).slice(0, 13);
    const Item = { pk: `AGENT#${agent}`, sk: hour, count: 115, expiresAt: now / 1000 + 7200 };
    await dynamo.send(new PutCommand({ TableName: world.physical('ENROLMENT_TABLE'), Item }));
    const by = { as: 'accueil', channel: 'desk' } as const;
    const heard = [
      await bring(one, by),
      await bring(one, by),
      await bring(someone(department), by),
      await bring({ ...other, birthDate: '1985-05-13' }, by),
      await bring(other, { ...by, change: { cardSerial: '99999999' } }),
    ];
    expect(heard.map(({ status }) => status)).toEqual([201, 201, 404, 404, 409]);
    const over = await bring(other, by);
    expect(over.body).toMatchObject({ status: 429, code: 'enrolment/agent-limit' });
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect((await loadStatus(other.holder))?.status).toBe('invited');
    // A letter asked for is of the same hour, and says as well when to come again.
    const { nir, birthDate } = other;
    const letter = await world.request({
      ...{ method: 'POST', path: '/enrolment/agent-codes', token: await world.token('accueil') },
      body: { nir, birthDate, channel: 'desk', checks: checks.desk },
    });
    expect(letter.body).toMatchObject({ status: 429, code: 'enrolment/agent-limit' });
    expect(Number(letter.headers['retry-after'])).toBeGreaterThan(0);
    expect((await bring(other)).status).toBe(201);
  });
});

test('no identity and no agent’s id is left in the keys of the table', async () => {
  const text = await wholeTable('ENROLMENT_TABLE');
  expect(text).not.toContain('agent-000');
});
