import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { activate, me, tokenOf } from './activating.ts';
import { wordsOf } from './papers/sheets.ts';
import {
  codeOf,
  dropPeople,
  dropUpdates,
  journalOf,
  oppose,
  sendWave,
  signIn,
  someone,
  wholeTable,
  world,
  wrongCode,
} from './town.ts';

const department = '91';
const people = Array.from({ length: 12 }, () => someone(department));
const who = (at: number): InsuredRow => people[at] ?? someone(department);
const Opened = z.strictObject({ session: z.string(), token: z.string(), endsAt: z.string() });
const checks = ['identity-paper', 'holder-present'];
const post = '127.0.91.10';

async function open(one: InsuredRow, change: object = {}, by = 'accueil', from = post) {
  const { nir, cardSerial } = one;
  return world.request({
    ...{ method: 'POST', path: '/enrolment/assisted-sessions', token: await signIn(by), from },
    body: { nir, cardSerial, code: await codeOf(one), checks, ...change },
  });
}
const opened = async (one: InsuredRow) => Opened.parse((await open(one)).body);
const read = (path: string, token: string, from = post) => world.request({ path, token, from });
const end = (token: string) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/assisted-sessions/end', token, from: post },
  });

const reading = ['/fhir/DocumentReference', '/journal/history', '/notices', '/identity/me'];

beforeAll(async () => {
  await dropPeople(people);
  await sendWave('wave-91', [department]);
  await activate(who(0), { code: await codeOf(who(0)), token: await tokenOf('test-91-0') });
  await world.move('+43d');
  // Codes end with the time to object: each asks for another, as a person at a counter would have.
  for (const { nir, cardSerial, birthDate } of people)
    await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
  await world.idle();
});

describe('a holder’s own session at a counter', () => {
  test('opens a record that was activated, for reading, and stands in its history as assisted', async () => {
    const { token, session } = await opened(who(0));
    const own = await tokenOf('test-91-0');
    const { holder } = JSON.parse((await me(own)).text).record;
    expect((await read('/identity/me', token)).body).toMatchObject({
      ...{ kind: 'assisted', subject: session, structure: 'France Services de démonstration' },
      record: { holder, status: 'activated' },
    });
    for (const path of reading) expect((await read(path, token)).status, path).toBe(200);
    // L1111-19: he opens his history on paper himself, to be printed there.
    const paper = await read('/journal/history/paper', token);
    expect([paper.status, paper.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(await wordsOf(paper.bytes)).toContain(
      'Consultation de la liste de vos documents Qui : Vous, avec l’aide de France Services de démonstration',
    );
    const { text } = await world.request({ path: '/journal/history', token: own });
    const { entries } = JSON.parse(text);
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          mode: 'assisted',
          actorDisplayName: 'Vous, avec l’aide de France Services de démonstration',
          actionDescription: 'Consultation de la liste de vos documents',
        }),
        expect.objectContaining({
          mode: 'assisted',
          actionDescription: 'Impression de votre historique',
        }),
        expect.objectContaining({
          actorDisplayName: 'Conseiller, France Services de démonstration',
          actionDescription: 'Début d’une consultation accompagnée, dans un point d’accueil',
        }),
      ]),
    );
    const chain = (await journalOf(department)).get(holder) ?? [];
    expect(chain.at(-1)).toMatchObject({ action: 'enrolment/open-assisted-session' });
    expect(verifyChain(chain)).toMatchObject({ ok: true });
    await world.idle();
    const mails = await world.mails({ to: who(0).email });
    expect(mails.at(-1)?.subject).toContain('consultation accompagnée');
  });

  test('opens one that opened by itself: who has no address to confirm need not activate it', async () => {
    const { token } = await opened(who(1));
    for (const path of reading) expect((await read(path, token)).status, path).toBe(200);
  });

  test('refuses all that is no reading', async () => {
    const { token } = await opened(who(2));
    const given = { token, from: post };
    for (const [path, body] of [
      ['/enrolment/closure', { confirm: true, deletion: true }],
      ['/enrolment/reopening', undefined],
      ['/enrolment/conditions', { version: '2022-01' }],
      ['/enrolment/assisted-sessions', { checks }],
    ] as const) {
      const answer = await world.request({
        ...{ method: 'POST', path, ...given },
        ...(body ? { body } : {}),
      });
      expect(answer.body, path).toMatchObject({ status: 403, code: 'request/not-allowed' });
    }
    for (const path of ['/journal/history/export', '/identity/profiles'])
      expect((await read(path, token)).status, path).toBe(403);
  });

  test('the same request again gets the same token; the code has served for any other', async () => {
    const first = await open(who(3));
    const again = await open(who(3));
    expect([again.status, again.text]).toEqual([201, first.text]);
    await end(Opened.parse(first.body).token);
    expect((await open(who(3))).body).toMatchObject({ code: 'enrolment/code-used' });
  });

  test('its token is kept nowhere, and is none at another post, cut or changed', async () => {
    const { token, session } = await opened(who(4));
    const secret = token.split('.')[2] ?? '';
    for (const table of ['ENROLMENT_TABLE', 'IDENTITY_TABLE', 'JOURNAL_TABLE'])
      expect(await wholeTable(table)).not.toContain(secret);
    expect((await read('/identity/me', token)).status).toBe(200);
    const other = `assisted.${session}.${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`;
    expect((await read('/identity/me', token, '127.0.66.10')).status).toBe(401);
    for (const bad of [other, token.slice(0, -1), `assisted.${'0'.repeat(26)}.${secret}`])
      expect((await read('/identity/me', bad)).status).toBe(401);
  });

  test('ends by the holder, by the adviser who leaves, by his next one, and by time', async () => {
    const first = await opened(who(5));
    const firsts = JSON.parse((await read('/identity/me', first.token)).text).record.holder;
    const second = await opened(who(6));
    // The end of the one before stands in his own history, as the beginning does.
    const chains = await journalOf(department);
    const ended = [...chains.values()].filter((lines) =>
      lines.some(({ action }) => action === 'enrolment/end-assisted-session'),
    );
    const his = ended.find((lines) => lines[0]?.holder === firsts);
    expect(his?.slice(-2)).toMatchObject([
      { action: 'enrolment/open-assisted-session' },
      { action: 'enrolment/end-assisted-session', actor: { kind: 'agent' }, channel: 'desk' },
    ]);
    expect(verifyChain(his ?? [])).toMatchObject({ ok: true });
    expect((await read('/identity/me', first.token)).status).toBe(401);
    expect((await read('/identity/me', second.token)).status).toBe(200);
    const agent = await signIn('accueil');
    for (const _ of [1, 2]) {
      expect((await end(agent)).body).toEqual({ status: 'ended' });
      expect((await read('/identity/me', second.token)).status).toBe(401);
    }
    const third = await opened(who(7));
    await world.move('+10m');
    expect((await read('/identity/me', third.token)).status).toBe(200);
    await world.move(third.endsAt);
    expect((await read('/identity/me', third.token)).status).toBe(401);
  });
});

/** Does something whose transaction with such a line is applied, and its acknowledgement lost. */
const lost = async (act: string, doing: () => ReturnType<typeof end>) => {
  await world.plant({
    ...{ caller: 'enrolment-counter', action: 'dynamodb:TransactWriteItems' },
    ...{ kind: 'lost-ack', if: { contains: `"enrolment/${act}"` } },
  });
  const answer = await doing();
  const fired = (await world.faults()).map((fault) => fault.fired);
  await world.clearFaults();
  expect([act, fired]).toEqual([act, [1]]);
  return answer;
};

test('a write whose acknowledgement is lost opens one session, and ends it once', async () => {
  const { token } = Opened.parse((await lost('open-assisted-session', () => open(who(8)))).body);
  const { record } = JSON.parse((await read('/identity/me', token)).text);
  expect((await lost('end-assisted-session', () => end(token))).status).toBe(200);
  const chain = (await journalOf(department)).get(record.holder) ?? [];
  expect(chain.slice(-2).map(({ action }) => action)).toEqual([
    'enrolment/open-assisted-session',
    'enrolment/end-assisted-session',
  ]);
  expect(verifyChain(chain)).toMatchObject({ ok: true });
});

test('his own next session, whose acknowledgement is lost: end and beginning stand once, in one chain', async () => {
  const one = who(11);
  const { nir, cardSerial, birthDate } = one;
  const { token } = await opened(one);
  const { record } = JSON.parse((await read('/identity/me', token)).text);
  await world.move('+1m');
  await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
  await world.idle();
  expect((await lost('open-assisted-session', () => open(one))).status).toBe(201);
  expect((await read('/identity/me', token)).status).toBe(401);
  const chain = (await journalOf(department)).get(record.holder) ?? [];
  const acts = chain.map(({ action }) => action).filter((action) => action.includes('assisted'));
  expect(acts.map((action) => action.split('/')[1]?.split('-')[0])).toEqual([
    'open',
    'end',
    'open',
  ]);
  expect(verifyChain(chain)).toMatchObject({ ok: true });
});

test('ENR-20: ends when the record was merged into another meanwhile; its line stands in the one that is left', async () => {
  await opened(who(9));
  const merge = { op: 'merge', from: who(9).nir, into: who(10).nir };
  expect(await dropUpdates([merge])).toMatchObject({ updated: 1, errors: 0 });
  const agent = await signIn('accueil');
  for (const _ of [1, 2]) expect((await end(agent)).body).toEqual({ status: 'ended' });
  const chains = [...(await journalOf(department)).values()];
  const chain =
    chains.find((one) => one.some(({ action }) => action === 'enrolment/absorb-record')) ?? [];
  const ends = chain.filter(({ action }) => action === 'enrolment/end-assisted-session');
  expect(ends).toHaveLength(1);
  expect(verifyChain(chain)).toMatchObject({ ok: true });
});

describe('whoever may not open one', () => {
  const person = someone(department);

  test('other agents, without the checks, and nobody with a wrong card or code', async () => {
    expect((await open(who(0), {}, 'conseiller')).body).toMatchObject({
      code: 'enrolment/role-required',
    });
    expect((await open(who(0), { checks: ['identity-paper'] })).body).toMatchObject({
      ...{ code: 'enrolment/checks-missing', missing: 'holder-present' },
    });
    const code = wrongCode(await codeOf(who(0)));
    const wrong = await open(who(0), { code });
    const unknown = await open(who(0), { nir: person.nir, cardSerial: person.cardSerial, code });
    expect(wrong.body).toMatchObject({ status: 403, code: 'enrolment/not-recognised' });
    expect(unknown.text).toBe(wrong.text);
  });

  test('who objected has no record to read', async () => {
    const one = someone(department);
    await dropPeople([one]);
    const { nir, cardSerial, birthDate } = one;
    await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
    await world.idle();
    await oppose(one, { code: await codeOf(one) });
    await world.move('+1m');
    await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
    await world.idle();
    expect((await open(one)).body).toMatchObject({ code: 'enrolment/no-open-record' });
  });
});
