import '../races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parisDay } from '#shared/kernel/calendar.ts';
import { type Planted, plant } from '../races/plant.ts';
import { oppose, someone, world } from '../town.ts';
import { wordsOf } from './sheets.ts';

const department = '31';
const Fields = z.record(z.string(), z.string());

/** Asks for the sheet of a proof as a form without script does. */
const print = (proof: unknown) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/opposition-proofs' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(Fields.parse(proof)).toString(),
  });

let people: readonly Planted[] = [];
let now = 0;
const who = (at: number) => {
  const planted = people[at];
  if (!planted) throw new Error('nobody was planted');
  return { planted, row: { ...someone(department), ...planted } };
};

beforeAll(async () => {
  await world.idle();
  now = Date.parse(await world.now());
  people = await plant(3, { department, sentAt: now - 3 * 86_400_000 });
});

describe('ENR-40: the proof of an objection is printed by who has it', () => {
  test('from what was answered, again and again the same sheet, with nobody’s name', async () => {
    const { planted, row } = who(0);
    const answer = await oppose(row, { code: planted.code, key: 'proof-1' });
    const again = await oppose(row, { code: planted.code, key: 'proof-1' });
    expect([again.status, again.text]).toEqual([201, answer.text]);
    const [sheet, other] = [await print(answer.body), await print(again.body)];
    expect([sheet.status, sheet.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(sheet.headers['content-disposition']).toBe(
      'attachment; filename="preuve-opposition.pdf"',
    );
    expect(sheet.headers['cache-control']).toBe('no-store');
    expect(sheet.bytes.equals(other.bytes)).toBe(true);
    const text = await wordsOf(sheet.bytes);
    const { reference } = Fields.parse(answer.body);
    expect(text.replaceAll(' ', '')).toContain(reference);
    expect(text).toContain('Sur internet, avec le code provisoire');
    for (const secret of [row.nir, row.cardSerial, row.birthName, planted.code])
      expect(text).not.toContain(secret);
  });

  test('a word that was changed, or a seal that was made up, is not ours', async () => {
    const { planted, row } = who(1);
    const { body } = await oppose(row, { code: planted.code });
    const proof = Fields.parse(body);
    for (const change of [
      { receivedAt: '2022-01-01T00:00:00.000Z' },
      { about: 'child' },
      { channel: 'post' },
      { seal: 's'.repeat(43) },
    ])
      expect((await print({ ...proof, ...change })).body).toMatchObject({
        ...{ status: 409, code: 'enrolment/not-our-proof' },
      });
    const { seal: _seal, ...without } = proof;
    expect((await print(without)).body).toMatchObject({
      errors: [{ field: 'seal', code: 'required' }],
    });
    expect((await print(proof)).status).toBe(200);
  });

  test('an agent gets it as well, and prints it for who called', async () => {
    const { planted, row } = who(2);
    const madeOn = parisDay(now - 86_400_000);
    const answer = await world.request({
      ...{ method: 'POST', path: '/enrolment/agent-oppositions' },
      token: await world.token('conseiller'),
      body: {
        ...{ nir: row.nir, birthDate: planted.birthDate, channel: 'phone', madeOn },
        checks: ['name', 'birth-date', 'address'],
      },
    });
    expect(answer.status).toBe(201);
    const text = await wordsOf((await print(answer.body)).bytes);
    expect(text).toContain('Par téléphone');
    expect(text).toContain('Date de votre demande');
  });
});
