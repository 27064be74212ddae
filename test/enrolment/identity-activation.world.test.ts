import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { ask } from '#test/support/request.ts';
import { addressOf, Begun, begin, choices, conditions, confirm, me, otpsTo } from './activating.ts';
import {
  codeOf,
  csv,
  drop,
  header,
  journalOf,
  oppose,
  sendWave,
  someone,
  wholeTable,
  world,
} from './town.ts';

const department = '85';
const people = Array.from({ length: 9 }, () => someone(department));
const who = (at: number): InsuredRow => people[at] ?? someone(department);
/** Of whom the file tells where she was born: elsewhere than her NIR says. */
const moved = someone(department);

beforeAll(async () => {
  const rows = people.map((one) => `${csv(one)};;;`);
  await drop(
    [`${header};guardianNir;rank;birthPlace`, ...rows, `${csv(moved)};;;61001`, ''].join('\n'),
  );
  await sendWave('wave-85', [department]);
});

/** What the issuer says of somebody, as FranceConnect would. */
const pivot = (one: InsuredRow, change: object = {}) => ({
  ...{ family_name: 'Durand', given_name: 'Odette Marie', birthdate: one.birthDate },
  ...{ gender: 'female', birthplace: one.nir.slice(5, 10), birthcountry: '99100' },
  ...change,
});
const issued = async (subject: string, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({ person: 'camille', subject, ...more });
  return (await ask(world.info.issuer, { path: `/token?${query}` })).text;
};
const statement = (subject: string, claims: object, more: Record<string, string> = {}) =>
  issued(subject, { tokenUse: 'id', identity: JSON.stringify(claims), ...more });
const account = (name: number | string) => `test-85-${name}`;

/** `POST /enrolment/identity-activations`; the NIR typed unless it is left out. */
async function identified(
  one: InsuredRow,
  {
    subject,
    claims = pivot(one),
    identity,
    token,
    change,
  }: { subject: string; claims?: object; identity?: string; token?: string; change?: object },
) {
  return world.request({
    method: 'POST',
    path: '/enrolment/identity-activations',
    token: token ?? (await issued(subject)),
    body: {
      identity: identity ?? (await statement(subject, claims)),
      ...{ nir: one.nir, conditions, choices, email: addressOf(one) },
      ...change,
    },
  });
}

async function confirmed(one: InsuredRow, subject: string, answer: { body: unknown }) {
  const { activation } = Begun.parse(answer.body);
  const otp = (await otpsTo(addressOf(one))).at(-1) ?? '';
  return confirm(activation, { otp, token: await issued(subject) });
}

describe('ENR-3: activating by a sign-in that vouches for who one is', () => {
  test('needs no code; the digits are sent, and the code that lay about has served', async () => {
    const subject = account(0);
    const answer = await identified(who(0), { subject });
    expect(answer.status).toBe(202);
    const again = await identified(who(0), { subject });
    expect([again.status, again.text]).toEqual([202, answer.text]);
    expect(await otpsTo(addressOf(who(0)))).toHaveLength(1);
    const done = await confirmed(who(0), subject, answer);
    expect(done.body).toMatchObject({ status: 'activated' });
    const { holder } = JSON.parse(done.text);
    expect((await me(await issued(subject))).body).toMatchObject({
      record: { holder, status: 'activated' },
    });
    const chain = (await journalOf(department)).get(holder) ?? [];
    expect(chain.slice(-2)).toMatchObject([
      { action: 'enrolment/begin-activation', purpose: 'by-identity', outcome: 'done' },
      { action: 'enrolment/activate', object: { from: 'invited', to: 'activated' } },
    ]);
    expect(verifyChain(chain)).toMatchObject({ ok: true });
    const late = await begin(who(0), {
      code: await codeOf(who(0)),
      token: await issued(account('0b')),
    });
    expect(late.body).toMatchObject({ code: 'enrolment/code-used' });
    expect((await identified(who(0), { subject })).body).toMatchObject({
      code: 'enrolment/already-linked',
    });
  });

  test('finds who the file says was born elsewhere than his NIR tells', async () => {
    const subject = account('moved');
    expect((await identified(moved, { subject })).status).toBe(403);
    const claims = pivot(moved, { birthplace: '61001' });
    expect((await identified(moved, { subject, claims })).status).toBe(202);
  });

  test('the Vitale card’s application tells the NIR: nothing has to be typed', async () => {
    const subject = account(1);
    const claims = pivot(who(1), { nir: who(1).nir, family_name: 'NOM D’USAGE' });
    const answer = await identified(who(1), { subject, claims, change: { nir: undefined } });
    expect(answer.status).toBe(202);
    expect((await confirmed(who(1), subject, answer)).status).toBe(200);
    const other = await identified(who(2), { subject: account('1b'), claims });
    expect(other.body).toMatchObject({ code: 'enrolment/not-recognised' });
    const none = await identified(who(2), { subject: account(2), change: { nir: undefined } });
    expect(none.body).toMatchObject({ status: 400, errors: [{ field: 'nir', code: 'required' }] });
  });

  test('ENR-41: after an objection, and a second account takes the record over', async () => {
    await oppose(who(3), { code: await codeOf(who(3)) });
    const first = await identified(who(3), { subject: account(3) });
    expect((await confirmed(who(3), account(3), first)).status).toBe(200);
    await world.move('+1m');
    const second = await identified(who(3), { subject: account('3b') });
    expect((await confirmed(who(3), account('3b'), second)).status).toBe(200);
    expect((await me(await issued(account(3)))).body).not.toHaveProperty('record');
    await world.move('+1m');
    // And back again: the record stands as when the second one began, and that one is done.
    const third = await identified(who(3), { subject: account(3) });
    expect((await confirmed(who(3), account(3), third)).status).toBe(200);
    await world.move('+1m');
    const fourth = await identified(who(3), { subject: account('3b') });
    expect((await confirmed(who(3), account('3b'), fourth)).status).toBe(200);
  });

  test('an account that has a record gets no second one', async () => {
    const answer = await identified(who(4), { subject: account(0) });
    expect(answer.body).toMatchObject({ code: 'enrolment/account-taken' });
  });
});

describe('ENR-11: whoever is not that person', () => {
  test.each<[string, (one: InsuredRow) => Parameters<typeof identified>[1]]>([
    ['of another name', (one) => ({ subject: 'x', claims: pivot(one, { family_name: 'DUPONT' }) })],
    [
      'of another birth date',
      (one) => ({ subject: 'x', claims: pivot(one, { birthdate: '1985-05-13' }) }),
    ],
    ['whose NIR nobody has', () => ({ subject: 'x', change: { nir: '269059900100106' } })],
  ])('%s gets the answer of a wrong code, byte for byte', async (_, how) => {
    const wrong = await begin(who(5), {
      code: '0000-0000-0000',
      token: await issued('x'),
      change: { cardSerial: '99999999999' },
    });
    const answer = await identified(who(5), how(who(5)));
    expect([answer.status, answer.text]).toEqual([403, wrong.text]);
  });

  test('somebody and nobody cost the same calls', async () => {
    const claims = pivot(who(6), { family_name: 'DUPONT' });
    const calls: string[] = [];
    for (const nir of [who(6).nir, who(6).nir, '269059900100106']) {
      await world.clearCounts();
      await identified(who(6), { subject: 'x', claims, change: { nir } });
      const counts = await world.counts();
      calls.push(
        counts
          .filter(({ function: id }) => id === 'enrolment-activation')
          .map(({ action, calls: n }) => `${action} ${n}`)
          .sort()
          .join(),
      );
    }
    expect(calls[2]).toBe(calls[1]);
    expect(calls[1]).toContain('GetItem');
  });

  test('leaves the reason in the journal, and nothing of what the issuer said anywhere', async () => {
    const claims = pivot(who(7), { family_name: 'CANARIBLEU', given_name: 'Canarivert' });
    await identified(who(7), { subject: account(7), claims });
    const lines = [...(await journalOf(department)).values()].flat();
    expect(lines.map(({ reason }) => reason)).toContain('enrolment/identity-mismatch');
    for (const table of ['ENROLMENT_TABLE', 'IDENTITY_TABLE', 'JOURNAL_TABLE'])
      expect(await wholeTable(table)).not.toMatch(/canari/i);
  });
});

describe('a statement that is not to be believed', () => {
  const forged = async () => {
    const [head = '', , end = ''] = (await statement('x', pivot(who(8)))).split('.');
    const claims = { ...JSON.parse(atob((await statement('x', {})).split('.')[1] ?? '')) };
    const body = { ...claims, ...pivot(who(8)) };
    return `${head}.${Buffer.from(JSON.stringify(body)).toString('base64url')}.${end}`;
  };
  const kinds: [string, string, () => Promise<string>][] = [
    ['of another account', 'unproved', () => statement('y', pivot(who(8)))],
    ['for another client', 'unproved', () => statement('x', pivot(who(8)), { audience: 'other' })],
    ['an access token', 'unproved', () => issued('x')],
    ['past its end', 'unproved', () => statement('x', pivot(who(8)), { expired: 'true' })],
    ['with changed claims', 'unproved', forged],
    ['without an identity', 'unproved', () => statement('x', {})],
    ['of a weaker sign-in', 'level', () => statement('x', pivot(who(8)), { acr: 'mfa' })],
  ];
  test.each(kinds)('%s is refused, and nothing is looked up', async (_, reason, make) => {
    const identity = await make();
    const token = await issued('x');
    await world.clearCounts();
    const answer = await identified(who(8), { subject: 'x', identity, token });
    expect(answer.body).toMatchObject({ status: 403, code: `enrolment/identity-${reason}` });
    const counts = await world.counts();
    expect(counts.filter(({ function: id }) => id === 'enrolment-activation')).toEqual([]);
  });

  test('a weaker sign-in signs in and activates by code, not by what it says of the person', async () => {
    const token = await issued(account(8), { acr: 'mfa' });
    const answer = await identified(who(8), { subject: account(8), token });
    expect(answer.body).toMatchObject({ status: 403, code: 'enrolment/identity-level' });
    const byCode = await begin(who(8), { code: await codeOf(who(8)), token });
    expect(byCode.status).toBe(202);
  });

  test('one from a quarter of an hour ago is too old', async () => {
    const identity = await statement('x', pivot(who(8)), { lifetimeSeconds: '7200' });
    await world.move('+906s');
    const answer = await identified(who(8), { subject: 'x', identity });
    expect(answer.body).toMatchObject({ code: 'enrolment/identity-unproved' });
  });
});
