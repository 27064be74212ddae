import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { parseCode } from '#shared/kernel/code.ts';
import {
  codeOf,
  codesOf,
  dropPeople,
  journalOf,
  oppose,
  sendWave,
  someone,
  wholeTable,
  world,
  wrongCode,
} from './town.ts';

const people = Array.from({ length: 14 }, () => someone('30'));
const who = (at: number): InsuredRow => people[at] ?? someone('30');
const codes: string[] = [];
const code = (at: number): string => codes[at] ?? '';

beforeAll(async () => {
  await dropPeople(people);
  await sendWave('wave-30', ['30']);
  for (const person of people) codes.push(await codeOf(person));
});

describe('ENR-40: objecting with NIR, card and code', () => {
  test('counts, gives a reference, and stands in the journal', async () => {
    const answer = await oppose(who(0), { code: code(0) });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ status: 'opposed', reference: expect.any(String) });
    const { reference } = JSON.parse(answer.text);
    const chain = [...(await journalOf('30')).values()].find((lines) =>
      lines.some(({ id }) => id === reference),
    );
    expect(chain?.at(-1)).toMatchObject({
      action: 'enrolment/oppose',
      outcome: 'done',
      object: { from: 'invited', to: 'opposed' },
    });
    expect(verifyChain(chain ?? [])).toMatchObject({ ok: true });
  });

  test('reads NIR and code as people write them', async () => {
    const spaced = who(1).nir.replace(/(.)(..)(..)(..)(...)(...)(..)/, '$1 $2 $3 $4 $5 $6 $7');
    const written = code(1).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    expect((await oppose(who(1), { code: written, change: { nir: spaced } })).status).toBe(201);
  });

  test('again with the same Idempotency-Key gives the same answer; without, the code has served', async () => {
    const first = await oppose(who(2), { code: code(2), key: 'click-1' });
    const again = await oppose(who(2), { code: code(2), key: 'click-1' });
    expect([again.status, again.text]).toEqual([201, first.text]);
    for (const key of ['click-2', undefined]) {
      const other = await oppose(who(2), { code: code(2), ...(key ? { key } : {}) });
      expect(other.body).toMatchObject({ status: 409, code: 'enrolment/code-used' });
    }
  });

  test('two at once have one effect', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => oppose(who(3), { code: code(3), key: 'double-click' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const lines = [...(await journalOf('30')).values()].flat();
    const { reference } = JSON.parse(answers[0]?.text ?? '');
    expect(lines.filter(({ id }) => id === reference)).toHaveLength(1);
  });

  test.each(['lost-ack', 'conflict', 'reset', 'throttle'] as const)(
    'has one effect when the write is hit by: %s',
    async (kind) => {
      const at = { 'lost-ack': 4, conflict: 5, reset: 6, throttle: 7 }[kind];
      const caller = 'enrolment-public';
      await world.plant({ caller, action: 'dynamodb:TransactWriteItems', kind, nth: 1 });
      const answer = await oppose(who(at), { code: code(at) });
      expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
      await world.clearFaults();
      expect(answer.status).toBe(201);
    },
  );

  test('is a 503 that may be tried again, never a success, while the table cannot be written', async () => {
    await world.plant({
      caller: 'enrolment-public',
      action: 'dynamodb:TransactWriteItems',
      kind: 'throttle',
      nth: 1,
      times: 50,
    });
    const answer = await oppose(who(8), { code: code(8) });
    await world.clearFaults();
    expect(answer.body).toMatchObject({ status: 503, code: 'request/try-again' });
    expect(answer.headers['retry-after']).toBe('2');
    expect((await oppose(who(8), { code: code(8) })).status).toBe(201);
  });
});

describe('ENR-14: what a stranger learns', () => {
  test('what he can compute alone is told by field', async () => {
    const wrongKey = `${who(9).nir.slice(0, 13)}00`;
    const answer = await oppose(who(9), {
      code: `${code(9).slice(0, -1)}${code(9).endsWith('0') ? '1' : '0'}`,
      change: { nir: wrongKey, cardSerial: '12' },
    });
    expect(answer.body).toMatchObject({
      code: 'request/invalid',
      errors: [
        { field: 'nir', code: 'nir-key' },
        { field: 'cardSerial', code: 'card-digits' },
        { field: 'code', code: 'code-check' },
      ],
    });
  });

  test('all else is one answer, equal in status, headers and bytes', async () => {
    const nobody = someone('30');
    const wrong = wrongCode(code(9));
    const from = '127.0.0.200';
    const answers = [
      await oppose(nobody, { code: wrong, from }),
      await oppose(who(9), { code: wrong, from }),
      await oppose(who(9), { code: code(9), change: { cardSerial: '99999999' }, from }),
      await oppose(who(9), { code: wrong, change: { cardSerial: '99999999' }, from }),
      await oppose(who(0), { code: wrong, from }),
    ];
    const told = answers.map(({ status, text, headers }) => {
      const { date: _date, ...rest } = headers;
      for (const name of Object.keys(rest))
        if (/request-?id|trace|apigw/i.test(name)) delete rest[name];
      return JSON.stringify([status, text, rest]);
    });
    expect(new Set(told).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ status: 403, code: 'enrolment/not-recognised' });
    const reasons = [...(await journalOf('30')).values()]
      .flat()
      .flatMap(({ reason }) => reason ?? []);
    expect(reasons).toContain('enrolment/wrong-code');
    expect(reasons).toContain('enrolment/card-mismatch');
  });

  test('the same reads and writes are done for somebody and for nobody', async () => {
    const cost = async (person: InsuredRow, change: object) => {
      await world.clearCounts();
      await oppose(person, { code: wrongCode(code(10)), change, from: '127.0.1.7' });
      const counts = await world.counts();
      return counts
        .filter((one) => one.function === 'enrolment-public')
        .map(({ action, calls }) => `${action} ${calls}`)
        .sort();
    };
    const somebody = await cost(who(10), {});
    expect(await cost(someone('30'), {})).toEqual(somebody);
    expect(await cost(who(10), { cardSerial: '99999999' })).toEqual(somebody);
    expect(somebody.join()).toContain('dynamodb:TransactWriteItems 1');
  });

  test('a network that failed five times is not heard for the hour, and cannot burn the code', async () => {
    const from = '127.0.2.1';
    for (let n = 0; n < 12; n++) await oppose(who(11), { code: wrongCode(code(11)), from });
    const unheard = await oppose(who(11), { code: code(11), from });
    expect(unheard.body).toMatchObject({ code: 'enrolment/not-recognised' });
    expect((await oppose(who(11), { code: code(11), from: '127.0.3.1' })).status).toBe(201);
  });

  test('wrong cards never burn a code', async () => {
    for (let n = 0; n < 12; n++)
      await oppose(who(13), {
        code: wrongCode(code(13)),
        change: { cardSerial: '99999999' },
        from: `127.1.${n}.1`,
      });
    expect((await oppose(who(13), { code: code(13) })).status).toBe(201);
  });
});

describe('ten wrong codes by a third party', () => {
  test('block the code and the opening; a new code brings its own 42 days', async () => {
    const person = who(12);
    for (let n = 0; n < 10; n++)
      await oppose(person, { code: wrongCode(code(12)), from: `127.2.${n}.1` });
    await world.idle();
    const burnt = await oppose(person, { code: code(12), from: '127.2.99.1' });
    expect(burnt.body).toMatchObject({ status: 409, code: 'enrolment/code-burnt' });
    const mails = await world.mails({ to: person.email });
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('votre espace va être ouvert'),
      expect.stringContaining('bloqué'),
    ]);
    const asked = await world.request({
      method: 'POST',
      path: '/enrolment/codes',
      body: { nir: person.nir, cardSerial: person.cardSerial, birthDate: person.birthDate },
    });
    expect(asked.status).toBe(202);
    await world.idle();
    const [, renewed] = await codesOf(person);
    expect(renewed).toBeDefined();
    expect(renewed).not.toBe(code(12));
    const old = await oppose(person, { code: code(12), from: '127.2.98.1' });
    expect(old.body).toMatchObject({ code: 'enrolment/not-recognised' });
    expect((await oppose(person, { code: renewed ?? '', from: '127.2.97.1' })).status).toBe(201);
  });
});

describe('ENR-12: asking for a new code', () => {
  const request = (person: InsuredRow, change: object = {}) =>
    world.request({
      method: 'POST',
      path: '/enrolment/codes',
      body: {
        nir: person.nir,
        cardSerial: person.cardSerial,
        birthDate: person.birthDate,
        ...change,
      },
      from: '127.4.0.1',
    });

  test('is answered the same to everybody, and only who fits gets a mail', async () => {
    const [person, offline, nobody] = [someone('30'), someone('30', { email: '' }), someone('30')];
    await dropPeople([person, offline]);
    const answers = [
      await request(person),
      await request(offline),
      await request(nobody),
      await request(person, { birthDate: '1985-05-13' }),
      await request(person, { cardSerial: '99999999' }),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    await world.idle();
    expect(await world.mails({ to: person.email })).toHaveLength(1);
  });

  test('informs a person who was not: his own 42 days begin', async () => {
    const person = someone('30');
    await dropPeople([person]);
    await request(person);
    await world.idle();
    const answer = await oppose(person, { code: await codeOf(person), from: '127.4.1.1' });
    expect(answer.status).toBe(201);
  });

  test('twice within 30 seconds brings one', async () => {
    const person = someone('30');
    await dropPeople([person]);
    await request(person);
    await request(person);
    await world.idle();
    expect(await codesOf(person)).toHaveLength(1);
  });
});

test('no code and no identity is left in the tables', async () => {
  const text = (await wholeTable('ENROLMENT_TABLE')) + (await wholeTable('JOURNAL_TABLE'));
  const secrets = codes.flatMap((one) => {
    const read = parseCode(one);
    return read.ok ? [one, read.code] : [one];
  });
  for (const secret of [
    ...secrets,
    ...people.flatMap((one) => [one.nir, one.email, one.cardSerial]),
  ])
    expect(text.includes(secret)).toBe(false);
});
