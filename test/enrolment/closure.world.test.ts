import './races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { transact } from '#shared/aws/transact.ts';
import { linkWrite } from '#shared/record/link.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { linkTag } from '#shared/record/tags.ts';
import { deposit } from '#test/documents/deposits.ts';
import { deposits, Found } from '#test/documents/talk.ts';
import { activate, addressOf, choices, me, tokenOf } from './activating.ts';
import { plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { codeOf, oppose, someone, world } from './town.ts';

const department = '47';

interface Holder {
  readonly row: InsuredRow;
  readonly code: string;
  readonly holder: string;
  readonly token: string;
}
let holders: Holder[] = [];
const who = (at: number): Holder => {
  const found = holders[at];
  if (!found) throw new Error('nobody');
  return found;
};

const post = (path: string, token: string, body?: unknown) =>
  world.request({ method: 'POST', path, token, ...(body === undefined ? {} : { body }) });
const close = (token: string, deletion = false) =>
  post('/enrolment/closure', token, { confirm: true, deletion });
const reopen = (token: string) => post('/enrolment/reopening', token);
const search = (token: string) => world.request({ path: '/fhir/DocumentReference', token });
const subjects = async (to: string) => (await world.mails({ to })).map(({ subject }) => subject);
const movesOf = async ({ holder }: Holder) =>
  (await standing(holder)).lines
    .filter(({ outcome, object }) => outcome === 'done' && object.from !== object.to)
    .map(({ action, object }) => `${action} ${object.from}-${object.to}`);

beforeAll(async () => {
  const sentAt = Date.parse(await world.now()) - 10 * 86_400_000;
  const people = await plant(8, { department, sentAt });
  const made = people.map(async ({ code, holder, ...planted }, at) => {
    const row = { ...someone(department), ...planted };
    const token = await tokenOf(`test-47-${at}`);
    const answer = await activate(row, { code, token });
    if (answer.status !== 200) throw new Error(answer.text);
    return { row, code, holder, token };
  });
  holders = await Promise.all(made);
});

describe('ENR-42: closing one’s own record', () => {
  test('closes it to everybody from the next request on; ENR-44: reopened, it is as it was', async () => {
    const { row, token, holder } = who(0);
    expect((await deposits('laboratoire', deposit(row.nir))).status).toBe(201);
    const before = Found.parse((await search(token)).body);
    const kept = (await standing(holder)).status;

    const closed = await close(token);
    expect([closed.status, closed.body]).toEqual([
      200,
      { status: 'closed', holder, closedAt: expect.any(String) },
    ]);
    expect((await me(token)).body).toMatchObject({ record: { holder, status: 'closed' } });
    for (const path of ['/fhir/DocumentReference', '/journal/history', '/notices']) {
      const answer = await world.request({ path, token });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toContain('access/record-closed');
    }
    const fed = await deposits('laboratoire', deposit(row.nir));
    expect(fed.status).toBe(403);
    expect(fed.text).toContain('access/record-closed');

    const opened = await reopen(token);
    expect(opened.body).toMatchObject({ status: 'activated', holder });
    const after = Found.parse((await search(token)).body);
    expect(after.entry?.map(({ resource }) => resource.id)).toEqual(
      before.entry?.map(({ resource }) => resource.id),
    );
    expect((await standing(holder)).status).toEqual({
      ...kept,
      ...{ reopenedAt: expect.any(String), version: expect.any(Number) },
      ...{ headSeq: expect.any(Number), headHash: expect.any(String) },
    });
    expect((await movesOf(who(0))).slice(-2)).toEqual([
      'enrolment/close activated-closed',
      'enrolment/reopen closed-activated',
    ]);
  });

  test('again, and at once, has one effect and one answer', async () => {
    const { token } = who(1);
    const answers = await Promise.all([1, 2, 3].map(() => close(token, true)));
    answers.push(await close(token, true), await close(token, false));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ status: 'deletion-requested' });
    const back = await Promise.all([1, 2, 3].map(() => reopen(token)));
    back.push(await reopen(token));
    expect(new Set(back.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect((await movesOf(who(1))).slice(-3)).toEqual([
      'enrolment/close activated-closed',
      'enrolment/request-deletion closed-deletion-requested',
      'enrolment/reopen deletion-requested-activated',
    ]);
  });

  test('is told at every address that is known', async () => {
    const { row, token } = who(2);
    await close(token);
    await world.idle();
    for (const address of [addressOf(row), row.email])
      expect((await subjects(address)).at(-1)).toBe('Mon espace santé : votre espace est fermé');
  });

  test('asks for a sign-in of minutes ago, before anything is read, and so does reopening', async () => {
    const token = await tokenOf('test-47-3', { signedInSecondsAgo: 310 });
    await world.clearCounts();
    for (const answer of [await close(token), await reopen(token)])
      expect(answer.body).toMatchObject({ status: 403, code: 'enrolment/sign-in-again' });
    const calls = (await world.counts()).filter((one) => one.function === 'enrolment-own');
    expect(calls).toEqual([]);
    expect((await me(token)).body).toMatchObject({ record: { status: 'activated' } });
    expect((await close(who(3).token)).status).toBe(200);
  });

  test('is said on purpose: anything but the whole wish is refused', async () => {
    const { token } = who(4);
    for (const body of [
      {},
      { confirm: true },
      { confirm: false, deletion: false },
      { confirm: true, deletion: 'no' },
      { confirm: true, deletion: false, motive: 'because' },
      { confirm: true, deletion: false, holder: who(0).holder },
    ])
      expect((await post('/enrolment/closure', token, body)).status).toBe(400);
    expect((await me(token)).body).toMatchObject({ record: { status: 'activated' } });
  });

  test('there is nothing to close without a record, and nothing to reopen that was not closed', async () => {
    const stranger = await tokenOf('test-47-stranger');
    expect((await close(stranger)).body).toMatchObject({ code: 'enrolment/nothing-to-close' });
    for (const token of [stranger, who(4).token])
      expect((await reopen(token)).body).toMatchObject({
        ...{ status: 409, code: 'enrolment/nothing-to-reopen' },
      });
  });
});

test('a link that was left over closes nothing: the status names the one account that counts', async () => {
  const { holder, token } = who(4);
  const leftOver = linkTag(await secretMade('lookup'), 'holder', 'test-47-left-over');
  await transact([linkWrite(leftOver, { holder, linkedAt: await world.now() })]);
  const answer = await close(await tokenOf('test-47-left-over'));
  expect(answer.body).toMatchObject({ status: 409, code: 'enrolment/nothing-to-close' });
  expect((await me(token)).body).toMatchObject({ record: { status: 'activated' } });
});

describe('ENR-43: asking for the deletion', () => {
  test('comes with the closure or later, and is told in one mail', async () => {
    const { row, token } = who(5);
    const first = await close(token);
    const asked = await close(token, true);
    expect(asked.body).toEqual({
      ...Object(first.body),
      ...{ status: 'deletion-requested', deletionRequestedAt: expect.any(String) },
      deleteFrom: expect.any(String),
    });
    await reopen(token);
    await world.idle();
    const told = (await subjects(addressOf(row))).length;
    await close(token, true);
    await world.idle();
    expect((await subjects(addressOf(row))).slice(told)).toEqual([
      'Mon espace santé : vous avez demandé la suppression de votre espace',
    ]);
  });

  test('ENR-44: a reopening cancels it', async () => {
    const { holder, token } = who(5);
    expect((await reopen(token)).body).toMatchObject({ status: 'activated' });
    const { status } = await standing(holder);
    expect(status).not.toHaveProperty('deletionRequestedAt');
    expect(status).not.toHaveProperty('closedAt');
  });
});

describe('ENR-44: a closed record and a new code', () => {
  async function freshCode({ row }: Holder): Promise<string> {
    await world.move('+1m');
    const { nir, cardSerial, birthDate } = row;
    await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
    await world.idle();
    return codeOf(row);
  }

  test('is opened by another account, with what was decided before; the first account is cut off', async () => {
    const { row, holder, token } = who(6);
    await close(token, true);
    const other = await tokenOf('test-47-6-other');
    const change = { choices: { ...choices, visibility: 'masked' } };
    const done = await activate(row, { code: await freshCode(who(6)), token: other, change });
    expect(done.body).toMatchObject({ status: 'activated', holder });
    expect((await me(token)).body).not.toHaveProperty('record');
    expect((await reopen(await tokenOf('test-47-6'))).body).toMatchObject({
      code: 'enrolment/nothing-to-reopen',
    });
    const { status } = await standing(holder);
    expect(status).toMatchObject({ status: 'activated', choices });
    expect(status).not.toHaveProperty('deletionRequestedAt');
  });

  test('is opened by the same account, too; its first code tells that it is closed', async () => {
    const { row, code, holder, token } = who(7);
    await close(token);
    expect((await oppose(row, { code })).body).toMatchObject({ code: 'enrolment/already-closed' });
    const done = await activate(row, { code: await freshCode(who(7)), token });
    expect(done.body).toMatchObject({ status: 'activated', holder });
    expect((await me(token)).body).toMatchObject({ record: { holder, status: 'activated' } });
  });
});
