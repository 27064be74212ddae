import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { activate, addressOf, Begun, begin, confirm, me, otpsTo, tokenOf } from './activating.ts';
import {
  codeOf,
  dropPeople,
  journalOf,
  oppose,
  sendWave,
  someone,
  wholeTable,
  world,
  wrongCode,
} from './town.ts';

const department = '46';
const people = Array.from({ length: 24 }, () => someone(department));
const who = (at: number): InsuredRow => people[at] ?? someone(department);
const codes: string[] = [];
const code = (at: number): string => codes[at] ?? '';
const account = (at: number | string) => tokenOf(`test-46-${at}`);

async function chainOf(token: string): Promise<JournalLine[]> {
  const { holder } = JSON.parse((await me(token)).text).record;
  return (await journalOf(department)).get(holder) ?? [];
}

beforeAll(async () => {
  await dropPeople(people);
  await sendWave('wave-46', [department]);
  for (const person of people) codes.push(await codeOf(person));
});

describe('ENR-41, ENR-3: activating with NIR, card, code and a confirmed address', () => {
  test('makes the record one’s own, and stands in the journal', async () => {
    const token = await account(0);
    expect((await me(token)).body).not.toHaveProperty('record');
    const answer = await begin(who(0), { code: code(0), token });
    expect(answer.status).toBe(202);
    const { activation, sentTo } = Begun.parse(answer.body);
    expect(sentTo).toBe('n•••@e•••.invalid');
    const [otp = ''] = await otpsTo(addressOf(who(0)));
    const done = await confirm(activation, { otp, token });
    expect(done.body).toMatchObject({ status: 'activated', holder: expect.any(String) });
    expect((await me(token)).body).toMatchObject({
      record: { holder: JSON.parse(done.text).holder, status: 'activated' },
    });
    const chain = await chainOf(token);
    expect(chain.map(({ action }) => action).slice(-2)).toEqual([
      'enrolment/begin-activation',
      'enrolment/activate',
    ]);
    expect(chain.at(-1)).toMatchObject({
      actor: { kind: 'holder' },
      object: { from: 'invited', to: 'activated' },
    });
    expect(verifyChain(chain)).toMatchObject({ ok: true });
  });

  test('the same digits again get the same answer; the code has served', async () => {
    const token = await account(1);
    const { activation } = Begun.parse((await begin(who(1), { code: code(1), token })).body);
    const [otp = ''] = await otpsTo(addressOf(who(1)));
    const first = await confirm(activation, { otp, token });
    const again = await confirm(activation, { otp, token });
    expect([again.status, again.text]).toEqual([200, first.text]);
    const lines = await chainOf(token);
    expect(lines.filter(({ action }) => action === 'enrolment/activate')).toHaveLength(1);
    const other = await begin(who(1), { code: code(1), token: await account('1-other') });
    expect(other.body).toMatchObject({ status: 409, code: 'enrolment/code-used' });
    const objection = await oppose(who(1), { code: code(1) });
    expect(objection.body).toMatchObject({ code: 'enrolment/already-activated' });
    const own = await begin(who(1), { code: code(1), token });
    expect(own.body).toMatchObject({ code: 'enrolment/already-linked' });
  });

  // The races are narrow: several people run them.
  test.each([2, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23])(
    'twice at once it has one effect (%i)',
    async (at) => {
      const token = await account(at);
      const begun = await Promise.all(
        [1, 2, 3].map(() => begin(who(at), { code: code(at), token })),
      );
      expect(begun.map(({ status }) => status)).toEqual([202, 202, 202]);
      const ids = new Set(begun.map(({ body }) => Begun.parse(body).activation));
      expect(ids.size).toBe(1);
      const otps = new Set(await otpsTo(addressOf(who(at))));
      expect(otps.size).toBe(1);
      const [[activation = ''], [otp = '']] = [[...ids], [...otps]];
      const answers = await Promise.all([1, 2, 3].map(() => confirm(activation, { otp, token })));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]?.status).toBe(200);
    },
  );

  test('ENR-41: after an opposition, with a code asked for anew', async () => {
    await oppose(who(3), { code: code(3) });
    await world.move('+1m');
    const { nir, cardSerial, birthDate } = who(3);
    await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
    await world.idle();
    const [mail] = (await world.mails({ to: who(3).email })).slice(-1);
    expect(mail?.text).toContain('vous pouvez activer votre espace');
    const token = await account(3);
    const answer = await activate(who(3), { code: await codeOf(who(3)), token });
    expect(answer.body).toMatchObject({ status: 'activated' });
    const chain = await chainOf(token);
    expect(chain.map(({ object: { from, to } }) => `${from} ${to}`)).toEqual(
      expect.arrayContaining(['invited opposed', 'opposed opposed', 'opposed activated']),
    );
  });
});

describe('the six digits', () => {
  test('have five tries; then new ones are asked for, half a minute later', async () => {
    const token = await account(4);
    const { activation } = Begun.parse((await begin(who(4), { code: code(4), token })).body);
    const [otp = ''] = await otpsTo(addressOf(who(4)));
    const wrong = otp === '000000' ? '111111' : '000000';
    for (const triesLeft of [4, 3, 2, 1]) {
      const answer = await confirm(activation, { otp: wrong, token });
      expect(answer.body).toMatchObject({ status: 403, code: 'enrolment/otp-wrong', triesLeft });
    }
    for (const given of [wrong, otp])
      expect((await confirm(activation, { otp: given, token })).body).toMatchObject({
        code: 'enrolment/otp-dead',
      });
    const path = `/enrolment/activations/${activation}/sendings`;
    const soon = await world.request({ method: 'POST', path, token });
    expect(soon.body).toMatchObject({ code: 'enrolment/too-soon' });
    await world.move('+31s');
    expect((await world.request({ method: 'POST', path, token })).status).toBe(202);
    const [, fresh = ''] = await otpsTo(addressOf(who(4)));
    expect((await confirm(activation, { otp: fresh, token })).status).toBe(200);
  });

  test('are taken for ten minutes', async () => {
    const token = await account(5);
    const { activation } = Begun.parse((await begin(who(5), { code: code(5), token })).body);
    const [otp = ''] = await otpsTo(addressOf(who(5)));
    await world.move('+601s');
    const late = await confirm(activation, { otp, token });
    expect(late.body).toMatchObject({ code: 'enrolment/otp-expired' });
    await world.move('+1h');
    const gone = await confirm(activation, { otp, token: await account(5) });
    expect(gone.body).toMatchObject({ status: 404, code: 'enrolment/unknown-activation' });
  });

  test('of another account’s activation are as those of none', async () => {
    const token = await account(6);
    const { activation } = Begun.parse((await begin(who(6), { code: code(6), token })).body);
    const [otp = ''] = await otpsTo(addressOf(who(6)));
    const stranger = await account('stranger');
    const theirs = await confirm(activation, { otp, token: stranger });
    const none = await confirm('0'.repeat(26), { otp, token: stranger });
    expect([theirs.status, theirs.text]).toEqual([none.status, none.text]);
    expect(theirs.status).toBe(404);
    const path = `/enrolment/activations/${activation}/sendings`;
    const sent = await world.request({ method: 'POST', path, token: stranger });
    expect(sent.text).toBe(none.text);
  });
});

describe('ENR-14: what a stranger learns', () => {
  test('one answer, equal in bytes, for nobody, a wrong card and a wrong code; the same calls', async () => {
    const token = await account('stranger');
    const wrong = wrongCode(code(7));
    const cost = async (person: InsuredRow, change: object) => {
      await world.clearCounts();
      const answer = await begin(person, { code: wrong, token, change, from: '127.0.7.7' });
      const calls = (await world.counts())
        .filter((one) => one.function === 'enrolment-activation')
        .map(({ action, calls }) => `${action} ${calls}`)
        .sort();
      return [answer.status, answer.text, ...calls];
    };
    // The environment's own first reads are over.
    await cost(who(7), {});
    const somebody = await cost(who(7), {});
    expect(somebody[1]).toContain('enrolment/not-recognised');
    expect(await cost(someone(department), {})).toEqual(somebody);
    expect(await cost(who(7), { cardSerial: '99999999' })).toEqual(somebody);
  });

  test('his wrong codes count with those of objections: five, and he is not heard', async () => {
    const token = await account(8);
    const from = '127.0.8.8';
    for (let n = 0; n < 3; n++) await begin(who(8), { code: wrongCode(code(8)), token, from });
    for (let n = 0; n < 2; n++) await oppose(who(8), { code: wrongCode(code(8)), from });
    const unheard = await begin(who(8), { code: code(8), token, from });
    expect(unheard.body).toMatchObject({ code: 'enrolment/not-recognised' });
    expect((await begin(who(8), { code: code(8), token, from: '127.0.9.9' })).status).toBe(202);
  });

  test('conditions that do not stand any more are told before anything is looked up', async () => {
    const token = await account(9);
    await world.clearCounts();
    const answer = await begin(who(9), { code: code(9), token, change: { conditions: '1999-01' } });
    expect(answer.body).toMatchObject({
      ...{ status: 409, code: 'enrolment/conditions-outdated', version: '2022-01' },
    });
    const calls = (await world.counts()).filter((one) => one.function === 'enrolment-activation');
    expect(calls).toEqual([]);
  });

  test('an address that the mail service does not take is told', async () => {
    const token = await account(9);
    const email = `nouveau-${who(9).nir}@refus.invalid`;
    const answer = await begin(who(9), { code: code(9), token, email });
    expect(answer.body).toMatchObject({ code: 'enrolment/address-refused' });
    expect((await begin(who(9), { code: code(9), token })).status).toBe(202);
  });

  test('no address and no digits lie open in the tables', async () => {
    const text = (await wholeTable('IDENTITY_TABLE')) + (await wholeTable('ENROLMENT_TABLE'));
    for (const person of people) {
      expect(text).not.toContain(addressOf(person));
      expect(text).not.toContain(person.nir);
      for (const otp of await otpsTo(addressOf(person))) expect(text).not.toContain(`"${otp}"`);
    }
  });
});

describe('another account for an activated record', () => {
  test('cuts the one before at the next request, with a new code; both are told apart in the journal', async () => {
    const [first, second] = [await account('10-a'), await account('10-b')];
    await activate(who(10), { code: code(10), token: first });
    const { holder } = JSON.parse((await me(first)).text).record;
    await world.move('+1m');
    const { nir, cardSerial, birthDate } = who(10);
    await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
    await world.idle();
    const fresh = await codeOf(who(10));
    const email = `autre-${nir}@exemple.invalid`;
    const done = await activate(who(10), { code: fresh, token: second, email });
    expect(done.body).toMatchObject({ status: 'activated', holder });
    expect((await me(first)).body).not.toHaveProperty('record');
    expect((await me(second)).body).toMatchObject({ record: { holder } });
    const chain = (await journalOf(department)).get(holder) ?? [];
    expect(chain.at(-1)).toMatchObject({
      action: 'enrolment/relink',
      object: { from: 'activated', to: 'activated' },
    });
    // The account that was cut off may be linked to a record again: it holds none.
    expect((await activate(who(11), { code: code(11), token: first })).status).toBe(200);
    const taken = await begin(who(7), { code: code(7), token: second });
    expect(taken.body).toMatchObject({ status: 409, code: 'enrolment/account-taken' });
  });
});
