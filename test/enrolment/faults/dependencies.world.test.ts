import '../races/in-process.ts';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openShard } from '#functions/enrolment/open-shard.ts';
import { loadStatus } from '#functions/enrolment/person-store.ts';
import { sendInvitation } from '#functions/enrolment/send-invitation.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { shardOf } from '#shared/kernel/ids.ts';
import { newId } from '#shared/random.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { world } from '../races/in-process.ts';
import { type Planted, plant } from '../races/plant.ts';
import { type Standing, standing } from '../races/standing.ts';
import { signIn, wrongCode } from '../town.ts';
import { play } from './scenario.ts';

const department = '08';
const hour = 3_600_000;
let sentAt = 0;

beforeAll(async () => {
  sentAt = Date.parse(await world.now()) - 24 * hour;
});
afterEach(() => world.clearFaults());
afterAll(() => world.idle());

const signedIn = async () => ({
  token: await signIn('campagne'),
  shop: await signIn('imprimerie'),
  citizen: await world.token('camille', { subject: 'a-citizen-without-a-record' }),
});

const troubles = ['throttle', 'conflict', 'reset'] as const;

async function invited(): Promise<Planted> {
  const [one] = await plant(1, { department, sentAt });
  if (!one) throw new Error('nobody');
  return one;
}

/** What a person's items say, for comparing before and after. */
const told = ({ status, code, lines }: Standing) => JSON.stringify([status, code, lines]);

/** A département stands in one wave at a time. */
const placeOf: Readonly<Record<string, string>> = {
  ...{ 'troubled-throttle': '90', 'troubled-conflict': '70', 'troubled-reset': '61' },
  squatted: '88',
};

type Asked = Parameters<typeof world.request>[0];

function requestsFor(
  person: Planted,
  wave: string,
  { token, shop, citizen }: Readonly<Record<'token' | 'shop' | 'citizen', string>>,
): Record<string, Asked> {
  const { nir, cardSerial, code, birthDate } = person;
  const agent = { token, method: 'GET' };
  const objection = { method: 'POST', path: '/enrolment/oppositions' };
  const today = new Date(sentAt + 24 * hour).toISOString().slice(0, 10);
  return {
    'a wrong code': { ...objection, body: { nir, cardSerial, code: wrongCode(code) } },
    'an objection': { ...objection, body: { nir, cardSerial, code } },
    'a new code': {
      ...{ method: 'POST', path: '/enrolment/codes', body: { nir, cardSerial, birthDate } },
    },
    'a plan': {
      ...{ method: 'PUT', path: `/enrolment/waves/${wave}`, token },
      body: { sendOn: today, departments: [placeOf[wave]] },
    },
    'a wave': { ...agent, path: '/enrolment/waves/nothing-of-the-kind' },
    'the waves': { ...agent, path: '/enrolment/waves' },
    'an import': { ...agent, path: `/enrolment/imports/${'0'.repeat(26)}` },
    'the imports': { ...agent, path: '/enrolment/imports' },
    'a manifest': {
      ...{ method: 'GET', token: shop },
      path: '/enrolment/letter-batches/20220207-12-abcdefghjk/manifest',
    },
    'a certificate': { method: 'GET', path: '/enrolment/deletion-certificate', token: citizen },
    'one’s invitations': {
      ...{ method: 'GET', path: '/enrolment/guardian-invitations', token: citizen },
    },
    'the statistics': { ...agent, path: '/statistics/enrolment' },
    'an activation': {
      ...{ method: 'POST', path: '/enrolment/activations', token: citizen },
      body: { ...activating, nir, cardSerial: '99999999', code: wrongCode(code) },
    },
    oneself: { method: 'GET', path: '/identity/me', token: citizen },
    'one’s notices': { method: 'GET', path: '/notices', token: citizen },
    'one’s history': { method: 'GET', path: '/journal/history', token: citizen },
    'one’s history on paper': { method: 'GET', path: '/journal/history/paper', token: citizen },
  };
}

const activating = {
  ...{ conditions: world.info.conditions, email: 'troubled@exemple.invalid' },
  choices: { visibility: 'visible', emergency: { breakGlass: 'permit', regulation: 'permit' } },
};
const statuses = {
  ...{ 'a wrong code': 403, 'an objection': 201, 'a new code': 202, 'a plan': 200, 'a wave': 404 },
  ...{ 'the waves': 200, 'an import': 404, 'the imports': 200, 'the statistics': 200 },
  ...{ 'a manifest': 404, 'a certificate': 404, 'one’s invitations': 409 },
  ...{ 'an activation': 403, oneself: 200, 'one’s notices': 403, 'one’s history': 403 },
  ...{ 'one’s history on paper': 403 },
};
const httpFunctions = [
  ...[
    'enrolment-public',
    'enrolment-campaign',
    'enrolment-activation',
    'enrolment-own',
    'statistics-api',
  ],
  ...['identity-api', 'journal-api', 'notices-api', 'enrolment-stream'],
  ...['enrolment-papers', 'journal-papers'],
];

describe('a request while AWS fails', () => {
  test.each(troubles)(
    'is told to try again, and changes nothing: %s',
    async (kind) => {
      const tokens = await signedIn();
      const wave = `troubled-${kind}`;
      const person = await invited();
      const before = told(await standing(person.holder));
      const requests = requestsFor(person, wave, tokens);
      for (const caller of httpFunctions) await world.plant({ caller, kind, times: 5000 });
      await Promise.all(
        Object.entries(requests).map(async ([name, asked]) => {
          const { status, body, headers } = await world.request(asked);
          expect(body, name).toMatchObject({ status: 503, code: 'request/try-again' });
          expect(status, name).toBe(503);
          expect(headers['retry-after'], name).toBe('2');
        }),
      );
      const fired = (await world.faults()).map((one) => one.fired > 0);
      expect(fired).toEqual(httpFunctions.map(() => true));
      await world.clearFaults();
      expect(told(await standing(person.holder))).toBe(before);

      for (const [name, asked] of Object.entries(requests))
        expect((await world.request(asked)).status, name).toBe(
          name === 'a new code' ? 202 : Reflect.get(statuses, name),
        );
      const after = await standing(person.holder);
      // The new code is sent as soon as its fact comes by.
      expect(after.told.slice(2).filter((act) => act !== 'renew-code')).toEqual([
        ...['oppose refused wrong-code', 'oppose', 'request-code'],
        'begin-activation refused card-mismatch',
      ]);
    },
    240_000,
  );

  test('every function that calls AWS is hit in one of these tests', async () => {
    const held = (await world.permissions()).filter(({ permission }) =>
      /^(dynamodb|s3|ses|events):/.test(permission),
    );
    const callers = new Set(held.map((one) => one.function));
    const jobs = jobFaults.map(([caller]) => caller);
    // In the tests of documents' and notices' faults, of objections by agents, and of what is published.
    const rooms = ['documents-api', 'documents-stream', 'notices-facts', 'enrolment-api'];
    const paper = ['notices-letters', 'notices-stream'];
    const elsewhere = [...rooms, ...paper, 'statistics-clock'];
    // In test/portal, which answers in pages; in the tests of a counter.
    const portal = ['portal-api', 'enrolment-counter', 'identity-authorizer'];
    // In deletion-troubles; killed at each of their calls in test/documents and in races/trace.
    const deletion = ['documents-facts', 'enrolment-deletion', 'documents-moves'];
    const killed = ['documents-transfer', 'journal-facts'];
    const own = [...elsewhere, ...deletion, 'enrolment-letters', ...portal, ...killed];
    const covered = [...httpFunctions, ...jobs, ...own];
    expect([...callers].filter((id) => !covered.includes(id))).toEqual([]);
  });
});

/** Where each job is hit: more often than one call is repeated, so that its first delivery fails. */
const jobFaults: readonly (readonly [caller: string, action: string, contains?: string])[] = [
  ['enrolment-intake', 'dynamodb:TransactWriteItems', '"enrolment/import-insured"'],
  ['enrolment-intake', 's3:GetObject'],
  ['enrolment-sending', 'dynamodb:TransactWriteItems', '"enrolment/send-invitation"'],
  ['enrolment-sending', 'ses:SendEmail'],
  ['enrolment-opening', 'dynamodb:TransactWriteItems', '"enrolment/open"'],
  ['enrolment-facts', 'dynamodb:TransactWriteItems', '"enrolment/renew-code"'],
  ['enrolment-facts', 'ses:SendEmail'],
  ['enrolment-clock', 'dynamodb:TransactWriteItems'],
  ['journal-relay', 'events:PutEvents'],
  ['statistics-stream', 'dynamodb:TransactWriteItems'],
];

describe('a journal that does not take the line', () => {
  /** Takes the next number of somebody's chain, so that no line of it can be written. */
  async function squat(holder: string, head: { seq: number; hash: string }) {
    const { line } = nextLine(head, {
      ...{ id: newId(), holder, at: sentAt, actor: { kind: 'system', id: 'squatter' } },
      ...{ channel: 'api', action: 'enrolment/squat', object: { kind: 'code' } },
      ...{ outcome: 'refused', policy: 'none', visible: 'operator' },
    });
    const { Put } = journalWrite(line);
    await dynamo.send(new PutCommand(Put));
    const { pk, sk } = Put.Item;
    return () => dynamo.send(new DeleteCommand({ TableName: Put.TableName, Key: { pk, sk } }));
  }

  test('nothing is changed without its line: objections, failures, new codes, openings, sendings', async () => {
    const [person, due] = [await invited(), await invited()];
    const [known] = await plant(1, { department });
    const all = [person, due, known].flatMap((one) => one ?? []);
    const before = await Promise.all(all.map(async ({ holder }) => told(await standing(holder))));
    const frees = await Promise.all(
      all.map(async ({ holder }) => {
        const status = await loadStatus(holder);
        return squat(holder, { seq: status?.headSeq ?? 0, hash: status?.headHash ?? '' });
      }),
    );
    const free = await squat('wave:squatted', genesis);
    const requests = requestsFor(person, 'squatted', await signedIn());
    for (const name of ['a wrong code', 'an objection', 'a new code', 'a plan']) {
      const answer = await world.request(requests[name] ?? { path: '/' });
      expect(answer.body, name).toMatchObject({ status: 503, code: 'request/try-again' });
    }
    const { deadlineAt, holder } = due;
    const now = Date.parse(deadlineAt) + hour;
    const shard = shardOf(holder, 128);
    // Once in 128 times both are due in one shard.
    const left = [person, due].filter((one) => shardOf(one.holder, 128) === shard).length;
    expect(await openShard({ deadlineAt, shard, now })).toMatchObject({ opened: 0, left });
    const inviting = {
      holder: known?.holder ?? '',
      wave: 'squatted',
      lane: '0',
      clock: () => sentAt,
    };
    await expect(sendInvitation(inviting)).rejects.toThrow();
    for (const undo of [...frees, free]) await undo();
    const after = await Promise.all(all.map(async (one) => standing(one.holder)));
    // The code that waits to be sent, and was mailed, is no change of the person's standing.
    expect(after.slice(0, 2).map(told)).toEqual(before.slice(0, 2));
    expect(after[2]?.status.status).toBe('known');
    expect(after[2]?.code?.current).toBeUndefined();
    const wave = await world.request(requests['a plan'] ?? { path: '/' });
    expect(wave.status).toBe(200);
  }, 240_000);
});

describe('a job while AWS fails', () => {
  test.each(['conflict', 'reset'] as const)(
    'comes again from its queue and has its effect once: %s',
    async (kind) => {
      const at = kind === 'conflict' ? 0 : 1;
      const [home = '', elsewhere = ''] =
        [
          ['25', '26'],
          ['27', '28'],
        ][at] ?? [];
      for (const [n, [caller, action, contains]] of jobFaults.entries())
        await world.plant({
          // Waiting out a throttle takes seconds each time: two are enough.
          ...{ caller, action, kind: n === 3 || n === 4 ? 'throttle' : kind, times: 5 },
          ...(contains ? { if: { contains } } : {}),
        });
      const settle = () => world.move('+62m');
      const { people, due } = await play(`troubled-job-${kind}`, [home, elsewhere], {
        settle,
        // Far from the deadlines that other tests have played and closed by now.
        daysAgo: 900 + 100 * at,
      });
      const fired = (await world.faults()).map((one) => one.fired);
      expect(
        fired.every((times) => times > 0),
        JSON.stringify(fired),
      ).toBe(true);
      const known = ['import-insured'];
      const invitedOnce = [...known, 'send-invitation'];
      const read = async ({ nir }: { nir: string }) => {
        const found = await findByNir(nirTag(await secretMade('lookup'), nir));
        return (await standing(found?.holder ?? '')).told;
      };
      expect(await read(people.objecting)).toEqual([
        ...[...invitedOnce, 'oppose', 'oppose refused code-used'],
      ]);
      expect(await read(people.burnt)).toEqual([
        ...[...invitedOnce, ...Array(9).fill('oppose refused wrong-code')],
        ...['burn-code', 'request-code', 'renew-code'],
      ]);
      expect(await read(people.waiting)).toEqual([...known, 'update-insured', 'send-invitation']);
      for (const { holder } of due)
        expect((await standing(holder)).told.slice(2)).toEqual(['open']);
    },
    240_000,
  );
});
