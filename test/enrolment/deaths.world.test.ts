import './races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { findLink } from '#shared/record/link.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { deposit } from '#test/documents/deposits.ts';
import { deposits } from '#test/documents/talk.ts';
import { activate, addressOf, Begun, begin, confirm, me, otpsTo, tokenOf } from './activating.ts';
import { batchesOf, manifestOf, printed, reportPosting } from './letters/shop.ts';
import { plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { codesOf, dropPeople, oppose, sendWave, signIn, someone, world } from './town.ts';

const department = '54';

interface Someone {
  readonly row: InsuredRow;
  readonly code: string;
  readonly holder: string;
}
let people: Someone[] = [];
const who = (at: number): Someone => {
  const found = people[at];
  if (!found) throw new Error('nobody');
  return found;
};

const tells = async (path: string, body: object, by = 'etat-civil') =>
  world.request({ method: 'POST', path, body, token: await signIn(by) });
const today = async () => (await world.now()).slice(0, 10);
const dies = async ({ row }: Pick<Someone, 'row'>, change: object = {}, by?: string) =>
  tells(
    '/enrolment/deaths',
    {
      ...{ nir: row.nir, birthDate: row.birthDate, diedOn: '2022-01-10' },
      ...{ proof: 'death-certificate', ...change },
    },
    by,
  );
const lives = ({ row }: Pick<Someone, 'row'>) => {
  const { nir, birthDate } = row;
  return tells('/enrolment/death-corrections', { nir, birthDate, confirm: true });
};

beforeAll(async () => {
  const sentAt = Date.parse(await world.now()) - 10 * 86_400_000;
  const planted = await plant(6, { department, sentAt });
  people = planted.map(({ code, holder, ...rest }) => ({
    ...{ code, holder },
    row: { ...someone(department), ...rest },
  }));
}, 240_000);

describe('ENR-46: the death of somebody whose record is activated', () => {
  let token = '';
  beforeAll(async () => {
    token = await tokenOf('test-54-activated');
    expect((await activate(who(0).row, { code: who(0).code, token })).status).toBe(200);
  }, 240_000);

  test('is recorded by who keeps deaths, and by nobody else; again it is the same', async () => {
    for (const other of ['conseiller', 'accueil', 'campagne', 'superviseur'])
      expect((await dies(who(0), {}, other)).body).toMatchObject({
        code: 'enrolment/role-required',
      });
    expect((await dies(who(0), { birthDate: '1985-05-13' })).body).toMatchObject({
      code: 'enrolment/unknown-person',
    });
    expect((await dies(who(0), { diedOn: '2999-01-01' })).body).toMatchObject({
      code: 'enrolment/died-in-the-future',
    });
    const answers = await Promise.all([1, 2, 3].map(() => dies(who(0))));
    for (const answer of answers)
      expect([answer.status, answer.body]).toEqual([
        200,
        { status: 'deceased', diedOn: '2022-01-10' },
      ]);
    expect((await dies(who(0), { diedOn: '2022-01-11' })).body).toMatchObject({
      code: 'enrolment/death-differs',
    });
    const { told, lines } = await standing(who(0).holder);
    expect(told.slice(-4)).toEqual([
      'record-death refused birth-mismatch',
      'record-death refused died-in-the-future',
      'record-death',
      'record-death refused death-differs',
    ]);
    expect(lines.at(-2)).toMatchObject({ actor: { role: 'civil-status', id: 'agent-0005' } });
  });

  test('shows his account nothing any more, and takes no document', async () => {
    expect((await me(token)).body).not.toHaveProperty('record');
    for (const path of ['/fhir/DocumentReference', '/journal/history', '/notices'])
      expect([path, (await world.request({ path, token })).status]).toEqual([path, 403]);
    const fed = await deposits('laboratoire', deposit(who(0).row.nir));
    const stranger = await deposits('laboratoire', deposit(someone(department).nir));
    expect([fed.status, fed.text]).toEqual([stranger.status, stranger.text]);
    expect((await dies(who(0))).status).toBe(200);
  });

  test('lets a stranger learn nothing: every refusal is a stranger’s, and no code is sent', async () => {
    const { row, code } = who(0);
    const nobody = someone(department);
    const other = await tokenOf('test-54-other');
    expect((await oppose(row, { code })).text).toBe((await oppose(nobody, { code })).text);
    const [his, ours] = [
      await begin(row, { code, token: other }),
      await begin(nobody, { code, token: other }),
    ];
    expect([his.status, his.text]).toEqual([ours.status, ours.text]);
    const { nir, cardSerial, birthDate } = row;
    const before = await codesOf(row);
    const asked = { method: 'POST', path: '/enrolment/codes' } as const;
    const wish = await world.request({ ...asked, body: { nir, cardSerial, birthDate } });
    expect(wish.status).toBe(202);
    await world.idle();
    expect(await codesOf(row)).toEqual(before);
    expect((await standing(who(0).holder)).told.at(-1)).toBe('request-code refused deceased');
  });

  test('taken back, shows him all as it was; again it is the same', async () => {
    const back = await lives(who(0));
    expect(back.body).toEqual({ status: 'activated', correctedAt: expect.any(String) });
    expect((await lives(who(0))).body).toEqual(back.body);
    expect((await lives(who(1))).body).toMatchObject({ code: 'enrolment/not-deceased' });
    const { holder } = who(0);
    expect((await me(token)).body).toMatchObject({ record: { holder, status: 'activated' } });
    expect((await deposits('laboratoire', deposit(who(0).row.nir))).status).toBe(201);
  });
});

test('ENR-46: an activation that was begun dies with the person', async () => {
  const { row, code } = who(2);
  const token = await tokenOf('test-54-pending');
  const { activation } = Begun.parse((await begin(row, { code, token })).body);
  const otp = (await otpsTo(addressOf(row))).at(-1) ?? '';
  expect((await dies(who(2))).status).toBe(200);
  const answer = await confirm(activation, { otp, token });
  expect(answer.body).toMatchObject({ status: 409, code: 'enrolment/not-activable' });
  expect((await standing(who(2).holder)).status.status).toBe('deceased');
});

test.each(['lost-ack', 'conflict', 'throttle'] as const)(
  'ENR-46: a death, and its correction, whose writing is hit by %s has one effect',
  async (kind) => {
    const at = { 'lost-ack': 3, conflict: 4, throttle: 5 }[kind];
    const caller = 'enrolment-api';
    await world.plant({ caller, action: 'dynamodb:TransactWriteItems', kind, times: 1 });
    expect((await dies(who(at))).status).toBe(200);
    const fired = await world.faults();
    await world.clearFaults();
    expect(fired.map((one) => one.fired)).toEqual([1]);
    const { told } = await standing(who(at).holder);
    expect(told.filter((one) => one === 'record-death')).toHaveLength(1);
    await world.plant({ caller, action: 'dynamodb:TransactWriteItems', kind, times: 1 });
    expect((await lives(who(at))).body).toMatchObject({ status: 'known' });
    expect((await world.faults()).map((one) => one.fired)).toEqual([1]);
    await world.clearFaults();
    expect((await standing(who(at).holder)).told.slice(told.length)).toEqual(['correct-death']);
  },
);

test('ENR-46: kept long enough after a death, a record is deleted as a closed one is, and nobody is written to', async () => {
  const { row, holder, code } = who(1);
  const token = await tokenOf('test-54-long-ago');
  expect((await activate(row, { code, token })).status).toBe(200);
  expect((await deposits('laboratoire', deposit(row.nir))).status).toBe(201);
  await world.idle();
  const written = async () =>
    (await world.mails({ to: row.email })).length +
    (await world.mails({ to: addressOf(row) })).length;
  const before = await written();
  const { status: living } = await standing(holder);
  const account = living.status === 'activated' ? living.linkTag : '';
  expect(await findLink(account, { consistent: true })).toMatchObject({ holder });
  // Ten years are over already: only the time in which a wrong report can be taken back is left.
  expect((await dies(who(1), { diedOn: '2010-01-10' })).status).toBe(200);
  await world.move('+30d');
  await world.idle();
  expect((await standing(holder)).status.status).toBe('deceased');
  await world.move('+2d');
  await world.idle();
  await world.move('+1d');
  await world.idle();
  const { status, told } = await standing(holder);
  expect(told.slice(-4)).toEqual([
    ...['record-death', 'begin-deletion', 'finish-deletion', 'tell-deletion'],
  ]);
  expect(status).toMatchObject({ status: 'deleted', diedOn: '2010-01-10' });
  expect(status).not.toHaveProperty('linkTag');
  // Nothing names the account any more, so its link has gone with it.
  expect(await findLink(account, { consistent: true })).toBeUndefined();
  expect(await written()).toBe(before);
  expect((await lives(who(1))).body).toMatchObject({ code: 'enrolment/deletion-begun' });
  expect((await dies(who(1), { diedOn: '2010-01-10' })).status).toBe(200);
  expect((await me(token)).body).not.toHaveProperty('record');
});

describe('ENR-46: whoever dies before his letter is posted', () => {
  const [gone, there] = [
    someone(department, { email: '' }),
    someone(department, { email: '' }),
  ] as const;

  test('has it kept back: the batch names it, and its posting starts nothing', async () => {
    await dropPeople([gone, there]);
    await sendWave('wave-54', [department]);
    await printed(department);
    const batch = (await batchesOf(department)).at(-1)?.batch ?? '';
    expect((await manifestOf(batch)).letters).toBe(2);
    expect((await dies({ row: gone })).status).toBe(200);
    const token = await signIn('imprimerie');
    const read = await world.request({ path: `/enrolment/letter-batches/${batch}`, token });
    const { withhold } = JSON.parse(read.text);
    expect(withhold).toHaveLength(1);
    const { pages } = await manifestOf(batch);
    expect(pages.map(({ reference }) => reference)).toContain(withhold[0]);
    const posting = { postedOn: await today(), exceptions: withhold };
    expect((await reportPosting(batch, posting)).status).toBe(202);
    await world.idle();
    // Not made again, and nobody else is told to be kept back.
    await printed(department);
    expect((await batchesOf(department)).at(-1)?.batch).toBe(batch);
  });

  test('is not opened when the deadline of the others is over; taken back, he is informed anew', async () => {
    await world.move('+44d');
    await world.idle();
    const back = await lives({ row: gone });
    expect(back.body).toMatchObject({ status: 'known' });
    expect((await lives(who(2))).body).toMatchObject({ status: 'known' });
    const tag = nirTag(await secretMade('lookup'), there.nir);
    const holder = (await findByNir(tag))?.holder ?? '';
    expect((await standing(holder)).status.status).toBe('open');
    const before = (await codesOf(who(2).row)).length;
    await sendWave('wave-54-b', [department]);
    await world.idle();
    expect(await codesOf(who(2).row)).toHaveLength(before + 1);
    const { status } = await standing(who(2).holder);
    expect(status).toMatchObject({ status: 'invited', wave: 'wave-54-b' });
    await printed(department);
    const last = (await batchesOf(department)).at(-1)?.batch ?? '';
    expect((await manifestOf(last)).letters).toBe(1);
  });
});
