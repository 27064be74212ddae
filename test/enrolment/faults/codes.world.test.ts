import '../races/in-process.ts';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareCode } from '#functions/enrolment/next-code.ts';
import { object } from '#functions/enrolment/object.ts';
import { loadCode } from '#functions/enrolment/person-store.ts';
import { sendInvitation } from '#functions/enrolment/send-invitation.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { networkTag } from '#functions/enrolment/tags.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { frenchDay, objectionDay } from '#shared/kernel/calendar.ts';
import { networkPrefix } from '#shared/kernel/network.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { world } from '../races/in-process.ts';
import { type Planted, plant } from '../races/plant.ts';
import { standing } from '../races/standing.ts';
import { codesOf, someone, wrongCode } from '../town.ts';

const day = 86_400_000;
const hour = 3_600_000;
let now = 0;

beforeAll(async () => {
  now = Date.parse(await world.now());
});

async function invited(change: { department?: string; email?: string } = {}): Promise<Planted> {
  const [one] = await plant(1, { department: '07', sentAt: now - day, ...change });
  if (!one) throw new Error('nobody');
  return one;
}

const attempt = (person: Planted, from: string, change: object = {}) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/oppositions', from },
    body: { nir: person.nir, cardSerial: person.cardSerial, code: person.code, ...change },
  });
const request = (person: Planted, from: string, change: object = {}) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/codes', from },
    body: {
      ...{ nir: person.nir, cardSerial: person.cardSerial, birthDate: person.birthDate },
      ...change,
    },
  });

const refused = { code: 'enrolment/not-recognised' };

describe('ENR-3: the day that a mail names', () => {
  test.each(['972', '975', '977', '978', '988', '07'])(
    'is the same in the mail with a new code as in the invitation, in %s',
    async (department) => {
      const person = await invited({ department });
      await request(person, '127.40.1.1');
      await world.idle();
      const [mail] = await world.mails({ to: person.email });
      expect(mail?.text).toContain(
        `jusqu’au ${frenchDay(objectionDay(now - day, 42))} inclus, sur le site`,
      );
    },
  );
});

describe('ENR-14: what does not make a network unheard', () => {
  test('five wishes for a code and five wrong cards, of others behind the same address', async () => {
    const person = await invited();
    const from = '127.41.1.1';
    for (let n = 0; n < 5; n++) {
      await request(person, from, n % 2 ? { birthDate: '1999-01-01' } : { nir: person.nir });
      await attempt(person, from, { cardSerial: '99999999' });
    }
    await world.idle();
    const code = (await world.mails({ to: person.email })).at(-1)?.text;
    const renewed = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(code ?? '')?.[0];
    expect((await attempt(person, from, { code: renewed })).status).toBe(201);
  });

  test('a network over its quota: who has the right code is heard, all else is a 429 that counts nothing', async () => {
    const [person, other] = [await invited(), await invited()];
    const from = '127.42.1.1';
    const network = networkTag(await theSecret('lookup'), networkPrefix(from));
    const at = await world.now();
    const Key = { pk: `NET#${network}`, sk: at.slice(0, 13) };
    const TableName = world.physical('ENROLMENT_TABLE');
    await dynamo.send(new PutCommand({ TableName, Item: { ...Key, count: 200 } }));
    const nobody = { ...other, nir: `299057${'0000125'}${nirKey('2990570000125')}` };
    const told = new Set<string>();
    for (const [who, change] of [
      [other, { code: wrongCode(other.code) }],
      [other, { cardSerial: '99999999' }],
      [nobody, {}],
    ] as const) {
      await world.clearCounts();
      const { status, text } = await attempt(who, from, change);
      const counts = await world.counts();
      const own = counts.filter((one) => one.function === 'enrolment-public');
      // The seconds left differ between answers of two seconds, whoever asks.
      const said = text.replace(/"retryAfterSeconds":\d+/, '"retryAfterSeconds":N');
      told.add([status, said, ...own.map(({ action, calls }) => `${action} ${calls}`)].join('|'));
    }
    expect([...told]).toEqual([
      expect.stringMatching(/^429\|.*enrolment\/too-many-attempts.*\|dynamodb:GetItem 5$/),
    ]);
    expect((await standing(other.holder)).told).toHaveLength(2);
    expect((await request(other, from)).status).toBe(429);
    expect((await attempt(person, from)).status).toBe(201);
    expect((await attempt(person, from)).body).toMatchObject({ code: 'enrolment/code-used' });
    const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    expect(Item?.count).toBe(200);
  });
});

describe('ENR-11: one network over many hours', () => {
  const from = (sourceIp: string, { nir, cardSerial }: Planted) => ({
    async fails(times: number, at: number) {
      for (let n = 0; n < times; n++) {
        const body = { nir, cardSerial, code: '0000-0000-0000' };
        const asked = { body, receivedAt: at, now: at, sourceIp, idempotencyKey: undefined };
        await expect(object(asked)).rejects.toMatchObject(refused);
      }
    },
  });

  test('cannot burn a code, is heard with the right one the next hour; a second network burns it', async () => {
    const [person, other] = [await invited(), await invited()];
    for (let hours = 0; hours < 4; hours++) {
      await from('10.40.1.1', person).fails(4, now + hours * hour);
      await from('10.40.1.2', other).fails(7, now + hours * hour);
    }
    const counted = await standing(person.holder);
    expect(counted.code?.current).toMatchObject({ failures: 5 });
    expect(counted.told.filter((one) => one.endsWith('wrong-code'))).toHaveLength(16);
    const { nir, cardSerial, code } = person;
    const right = { receivedAt: now + 3 * hour, now: now + 3 * hour, sourceIp: '10.40.1.9' };
    await object({ body: { nir, cardSerial, code }, ...right, idempotencyKey: undefined });
    expect((await standing(person.holder)).status.status).toBe('opposed');

    expect((await standing(other.holder)).status).not.toHaveProperty('frozen');
    await from('10.41.1.1', other).fails(5, now + 5 * hour);
    expect((await standing(other.holder)).status).toHaveProperty('frozen', true);
  });
});

describe('what agents find in the journal', () => {
  test('the first attempt of an hour that was not heard, and the network of each act', async () => {
    const person = await invited();
    for (let n = 0; n < 8; n++)
      await attempt(person, '127.43.1.1', { code: wrongCode(person.code) });
    await attempt(person, '127.43.2.1', { cardSerial: '99999999' });
    await attempt(person, '127.43.2.1');
    const { told, lines } = await standing(person.holder);
    const wrong = Array(5).fill('oppose refused wrong-code');
    const rest = ['oppose refused unheard', 'oppose refused card-mismatch', 'oppose'];
    expect(told.slice(2)).toEqual([...wrong, ...rest]);
    const places = lines.slice(2).map(({ place }) => place);
    expect(new Set(places.slice(0, 6)).size).toBe(1);
    expect(new Set(places.slice(6)).size).toBe(1);
    expect(new Set(places).size).toBe(2);
    for (const place of places) expect(place).toMatch(/^[\w-]{16}$/);
  });

  test('why a new code was not sent: facts, haste, a mail that was not taken', async () => {
    const person = await invited({ email: `${someone('07').nir}@refus.invalid` });
    await request(person, '127.44.1.1', { cardSerial: '99999999' });
    await request(person, '127.44.1.1', { birthDate: '1999-01-01' });
    for (let n = 0; n < 2; n++) await request(person, '127.44.1.1');
    await world.idle();
    const { told, code } = await standing(person.holder);
    expect(told.slice(2).toSorted()).toEqual([
      'renew-code refused undeliverable',
      'request-code',
      'request-code refused birth-mismatch',
      'request-code refused card-mismatch',
      'request-code refused too-soon',
    ]);
    expect(code).not.toHaveProperty('requested');
    expect((await attempt(person, '127.44.1.1')).status).toBe(201);
  });
});

describe('ENR-12: two who want to send at once', () => {
  const known = (status: Status | undefined): status is Status => status?.status === 'known';

  test('send the same code, and it is good', async () => {
    const [person] = await plant(1, { department: '07' });
    if (!person) throw new Error('nobody');
    const { holder } = person;
    const wave = await prepareCode({ holder, purpose: 'wave:a' }, known);
    const wish = await prepareCode({ holder, purpose: 'request:7' }, known);
    const hash = Buffer.from(wave?.prepared.next.hash ?? []);
    expect(Buffer.from(wish?.prepared.next.hash ?? [])).toEqual(hash);
    const to = { holder, wave: 'b', lane: 'codes', clock: () => now };
    expect(await sendInvitation(to)).toBe('invited');
    const [code = ''] = await codesOf({ ...someone('07'), email: person.email });
    const current = (await loadCode(holder))?.current;
    expect(Buffer.from(current?.hash ?? [])).toEqual(hash);
    expect((await attempt({ ...person, code }, '127.45.1.1')).status).toBe(201);
  });
});
