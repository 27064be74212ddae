import './races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { openShard } from '#functions/enrolment/open-shard.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { AgentClosure } from '#functions/enrolment/schema-agent-closure.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { activate, addressOf, me, tokenOf } from './activating.ts';
import { type Planted, plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { codeOf, signIn, someone, wholeTable, world } from './town.ts';

const department = '06';
const dayMs = 86_400_000;
const shard = 77;
const asking = {
  phone: ['name', 'birth-date', 'address'],
  post: ['name', 'birth-date', 'signature'],
  desk: ['identity-paper', 'holder-present'],
} as const;
const calling = ['known-number', 'name', 'birth-date'];

let today = '';
let open: Planted[] = [];
let own: (Planted & { readonly row: InsuredRow; readonly token: string })[] = [];
const at = <T>(list: readonly T[], place: number): T => {
  const found = list[place];
  if (!found) throw new Error('nobody');
  return found;
};
type One = Pick<Planted, 'nir' | 'birthDate'>;

interface Asking {
  readonly as?: string;
  readonly channel?: keyof typeof asking;
  readonly change?: object;
}
async function ask(
  { nir, birthDate }: One,
  { as = 'conseiller', channel = 'phone', change }: Asking = {},
) {
  const checks = asking[channel];
  const body = { nir, birthDate, channel, madeOn: today, checks, deletion: false, ...change };
  const path = '/enrolment/agent-closures';
  return world.request({ method: 'POST', path, body, token: await signIn(as) });
}
const wishOf = async (one: One, by?: Asking) => AgentClosure.parse((await ask(one, by)).body).wish;
async function call({ nir, birthDate }: One, wish: string, change: object = {}, as = 'accueil') {
  const said = { wish, deletion: false, channel: 'phone', checks: calling, agrees: true };
  return world.request({
    ...{ method: 'POST', path: '/enrolment/agent-closures/confirmation', token: await signIn(as) },
    body: { nir, birthDate, ...said, ...change },
  });
}
const post = (path: string, token: string, body?: object) =>
  world.request({ method: 'POST', path, token, ...(body ? { body } : {}) });
const subjects = async (to: string) => (await world.mails({ to })).map(({ subject }) => subject);
const told = async ({ holder }: Planted) => (await standing(holder)).told;

beforeAll(async () => {
  await world.idle();
  const now = Date.parse(await world.now());
  today = parisDay(now);
  open = await plant(7, { department, shard, sentAt: now - 61 * dayMs });
  await openShard({ deadlineAt: at(open, 0).deadlineAt, shard, now });
  const people = await plant(3, { department, sentAt: now - 10 * dayMs });
  const made = people.map(async (planted, place) => {
    const row = { ...someone(department), ...planted };
    const token = await tokenOf(`test-06-${place}`);
    const answer = await activate(row, { code: planted.code, token });
    if (answer.status !== 200) throw new Error(answer.text);
    return { ...planted, row, token };
  });
  own = await Promise.all(made);
}, 240_000);

describe('ENR-42: a record that its holder has an agent close', () => {
  test('waits for another agent, and the holder is told; confirmed, it is closed as by himself', async () => {
    const one = at(own, 0);
    const asked = await ask(one);
    expect([asked.status, asked.body]).toMatchObject([202, { status: 'waiting', deletion: false }]);
    expect((await ask(one)).body).toEqual(asked.body);
    expect((await ask(one, { as: 'accueil' })).body).toMatchObject({
      code: 'enrolment/closure-asked',
    });
    expect((await me(one.token)).body).toMatchObject({ record: { status: 'activated' } });
    await world.idle();
    for (const address of [addressOf(one.row), one.email])
      expect(await subjects(address)).toContain(
        'Mon espace santé : demande de fermeture à confirmer',
      );
    const { wish } = AgentClosure.parse(asked.body);
    const refused = async (change: object, as?: string) =>
      JSON.parse((await call(one, wish, change, as)).text).code;
    expect(await refused({}, 'conseiller')).toBe('enrolment/other-agent-needed');
    expect(await refused({ deletion: true })).toBe('enrolment/closure-differs');
    expect(await refused({ checks: ['name'] })).toBe('enrolment/checks-missing');
    expect(await refused({ wish: 'a'.repeat(26) })).toBe('enrolment/unknown-closure-wish');
    expect(await refused({}, 'superviseur')).toBe('enrolment/role-required');
    // That he stood at a desk only an agent of a desk can say.
    const desk = { channel: 'desk', checks: asking.desk };
    expect(await refused(desk, 'campagne')).toBe('enrolment/role-required');
    expect((await ask(one, { channel: 'desk' })).body).toMatchObject({
      code: 'enrolment/role-required',
    });
    expect((await call(one, wish, { wish: undefined })).status).toBe(400);
    const done = await call(one, wish);
    expect([done.status, done.body]).toMatchObject([200, { status: 'closed', wish }]);
    expect((await call(one, wish)).body).toEqual(done.body);
    expect((await me(one.token)).body).toMatchObject({ record: { status: 'closed' } });
    expect(await told(one)).toEqual([
      ...['import-insured', 'renew-code', 'begin-activation', 'activate', 'ask-closure'],
      ...['ask-closure refused closure-asked', 'close refused other-agent-needed'],
      ...['close refused closure-differs', 'close refused unknown-closure-wish', 'close'],
    ]);
    const { lines } = await standing(one.holder);
    expect(lines.at(-1)).toMatchObject({
      ...{ actor: { kind: 'agent', id: 'agent-0003' }, channel: 'phone' },
    });
    await world.idle();
    expect(await subjects(addressOf(one.row))).toContain(
      'Mon espace santé : votre espace est fermé',
    );
    // ENR-44: as any record that its holder closed.
    expect((await post('/enrolment/reopening', one.token)).status).toBe(200);
    expect((await call(one, wish)).body).toMatchObject({ code: 'enrolment/unknown-closure-wish' });
  });

  test('who is called back and wants nothing, or stops it himself, keeps his record', async () => {
    const one = at(own, 1);
    const first = await wishOf(one, { channel: 'post', change: { reference: 'courrier-12' } });
    const said = { agrees: false, checks: ['name'] };
    const off = await call(one, first, said, 'conseiller');
    expect(off.body).toMatchObject({ status: 'stopped', wish: first });
    expect((await call(one, first, said)).body).toEqual(off.body);
    expect((await call(one, first)).body).toMatchObject({ code: 'enrolment/unknown-closure-wish' });
    // He calls himself, and knows no reference.
    await wishOf(one);
    expect((await call(one, first, { ...said, wish: undefined })).body).toMatchObject({
      status: 'stopped',
    });
    const second = await wishOf(one);
    const stop = () => post('/enrolment/agent-closures/stop', one.token, { confirm: true });
    expect((await stop()).body).toEqual({ state: 'stopped' });
    expect((await stop()).body).toEqual({ state: 'stopped' });
    expect((await call(one, second)).body).toMatchObject({
      code: 'enrolment/unknown-closure-wish',
    });
    await world.idle();
    const mails = await subjects(addressOf(one.row));
    expect(mails.filter((one) => one.endsWith('votre espace reste ouvert'))).toHaveLength(3);
    expect((await me(one.token)).body).toMatchObject({ record: { status: 'activated' } });
    const other = await post('/enrolment/agent-closures/stop', at(own, 2).token, { confirm: true });
    expect(other.body).toMatchObject({ code: 'enrolment/unknown-closure-wish' });
  });

  test('at a desk, with his identity paper, a record that was never activated is closed at once', async () => {
    const one = at(open, 0);
    const closed = await ask(one, { as: 'accueil', channel: 'desk' });
    expect([closed.status, closed.body]).toMatchObject([200, { status: 'closed' }]);
    expect((await ask(one, { as: 'accueil', channel: 'desk' })).body).toEqual(closed.body);
    const { status } = await standing(one.holder);
    expect(status).not.toHaveProperty('linkTag');
    expect((await told(one)).slice(-2)).toEqual(['open', 'close']);
    await world.idle();
    const mails = await world.mails({ to: one.email });
    const mail = mails.find(({ subject }) => subject.endsWith('votre espace est fermé'));
    expect(mail?.text).toContain('« Demander un nouveau code »');
    // ENR-44: a new code activates it.
    const row = { ...someone(department), ...one };
    const { nir, cardSerial, birthDate } = row;
    await world.request({
      ...{ method: 'POST', path: '/enrolment/codes', body: { nir, cardSerial, birthDate } },
    });
    await world.idle();
    const token = await tokenOf('test-06-anew');
    const again = await activate(row, { code: await codeOf(row), token });
    expect(again.body).toMatchObject({ status: 'activated', holder: one.holder });
  });

  test('whose acknowledgement is lost at any write has one effect', async () => {
    const lost = async (caller: string, act: string, doing: () => ReturnType<typeof ask>) => {
      await world.plant({
        ...{ caller, action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
        if: { contains: `"enrolment/${act}"` },
      });
      const answer = await doing();
      const fired = (await world.faults()).map((fault) => fault.fired);
      await world.clearFaults();
      expect([act, answer.status < 300, fired]).toEqual([act, true, [1]]);
      return answer;
    };
    const one = at(open, 1);
    const { wish } = AgentClosure.parse(
      (await lost('enrolment-counter', 'ask-closure', () => ask(one))).body,
    );
    await lost('enrolment-counter', 'close', () => call(one, wish));
    const two = at(open, 2);
    const second = await wishOf(two);
    await lost('enrolment-counter', 'withdraw-closure', () => call(two, second, { agrees: false }));
    await lost('enrolment-counter', 'close', () => ask(two, { as: 'accueil', channel: 'desk' }));
    const three = at(own, 2);
    await wishOf(three);
    const stop = () => post('/enrolment/agent-closures/stop', three.token, { confirm: true });
    await lost('enrolment-own', 'withdraw-closure', stop);
    const acts = await Promise.all([one, two, three].map(told));
    expect(acts.map((each) => each.slice(-3))).toEqual([
      ['open', 'ask-closure', 'close'],
      ['ask-closure', 'withdraw-closure', 'close'],
      ['activate', 'ask-closure', 'withdraw-closure'],
    ]);
  });

  test('of two calls at once one has an effect, and no name or number lies in clear', async () => {
    const one = at(open, 3);
    const wish = await wishOf(one);
    const answers = await Promise.all([call(one, wish), call(one, wish, {}, 'campagne')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect((await told(one)).filter((act) => act === 'close')).toHaveLength(1);
    const table = await wholeTable('ENROLMENT_TABLE');
    for (const secret of ['agent-0002', one.nir, one.email]) expect(table).not.toContain(secret);
  });

  test('is refused where there is nothing to close, and before it was asked for', async () => {
    const tomorrow = parisDay(Date.parse(await world.now()) + 2 * dayMs);
    const one = at(open, 4);
    expect((await ask(one, { change: { madeOn: tomorrow } })).body).toMatchObject({
      code: 'enrolment/made-in-the-future',
    });
    expect((await ask(one, { change: { checks: ['name'] } })).body).toMatchObject({
      code: 'enrolment/checks-missing',
    });
    expect((await ask({ ...one, birthDate: '1985-05-13' })).body).toMatchObject({
      code: 'enrolment/unknown-person',
    });
    const [invited] = await plant(1, { department, sentAt: Date.parse(await world.now()) });
    if (!invited) throw new Error('nobody');
    expect((await ask(invited)).body).toMatchObject({ code: 'enrolment/not-closable' });
  });
});

describe('ENR-43: a deletion through agents', () => {
  test('waits at a desk, too; not confirmed within the term, it is off by itself', async () => {
    const [late, timely] = [at(open, 5), at(open, 6)];
    const deletion = { change: { deletion: true, motive: 'privacy' } };
    const [first, second] = [
      await wishOf(late, { ...deletion, as: 'accueil', channel: 'desk' }),
      await wishOf(timely, deletion),
    ];
    await world.move('+14d');
    const asked = await call(timely, second, { deletion: true });
    expect(asked.body).toMatchObject({
      ...{ status: 'deletion-requested', wish: second, deleteFrom: expect.any(String) },
    });
    await world.move('+2d');
    expect((await call(late, first, { deletion: true })).body).toMatchObject({
      code: 'enrolment/unknown-closure-wish',
    });
    expect((await standing(late.holder)).status.status).toBe('open');
    // Then the same clock as of any deletion.
    await world.move('+32d');
    await world.idle();
    expect((await standing(timely.holder)).status.status).toBe('deleted');
    expect(await subjects(timely.email)).toEqual(
      expect.arrayContaining([
        'Mon espace santé : demande de fermeture à confirmer',
        'Mon espace santé : vous avez demandé la suppression de votre espace',
        'Mon espace santé : votre espace va bientôt être supprimé',
        'Mon espace santé : votre espace est supprimé',
      ]),
    );
  });
});
