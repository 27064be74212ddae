import { describe, expect, test } from 'vitest';
import { Import } from '#functions/enrolment/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import {
  csv,
  drop,
  dropPeople,
  header,
  journalOf,
  object,
  signIn,
  someone,
  wholeTable,
  world,
} from './town.ts';

describe('a file of insured people', () => {
  test('is taken line by line; what is wrong is told by line, field and code, never by content', async () => {
    const [a, b] = [someone('48'), someone('48', { email: '' })];
    const latin1 = Buffer.from(csv(someone('48', { birthName: 'LÉGER' })), 'latin1');
    const lines = [
      `\uFEFF${header}`,
      csv(a),
      csv({ ...someone('48'), sex: 'secret-sex', email: 'secret-mail' }),
      '',
      `"${csv(b)}`,
      'x'.repeat(20_000),
    ];
    const file = Buffer.concat([
      Buffer.from(`${lines.join('\r\n')}\r\n`),
      latin1,
      Buffer.from(`\n${csv(b)}`),
    ]);
    const told = await drop(file);
    expect(told).toMatchObject({
      state: 'done',
      lines: 6,
      imported: 2,
      updated: 0,
      unchanged: 0,
      errors: 4,
      readBytes: file.length,
      errorsByCode: {
        'sex/not-m-or-f': 1,
        'email/email-format': 1,
        'line/broken-quotes': 1,
        'line/line-too-long': 1,
        'line/not-utf8': 1,
      },
    });
    const result = await object(told.result ?? '');
    const { errorParts, firstErrors } = JSON.parse(result);
    expect(firstErrors).toContainEqual({ line: 3, field: 'sex', code: 'not-m-or-f' });
    expect(errorParts).toHaveLength(1);
    expect(await object(errorParts[0])).toBe(
      'line;field;code\r\n3;sex;not-m-or-f\r\n3;email;email-format\r\n5;line;broken-quotes\r\n6;line;line-too-long\r\n7;line;not-utf8\r\n',
    );
    expect(result).not.toContain('secret');
  });

  test('dropped twice changes nothing the second time', async () => {
    const people = Array.from({ length: 60 }, () => someone('15'));
    expect(await dropPeople(people)).toMatchObject({ imported: 60, errors: 0 });
    const before = (await journalOf('15')).size;
    expect(await dropPeople(people)).toMatchObject({ imported: 0, updated: 0, unchanged: 60 });
    expect((await journalOf('15')).size).toBe(before);
  });

  test('whose last line was cut, or that names a young child as nobody’s, has told so', async () => {
    const wide = `${header};guardianNir;rank;birthPlace;mobile`;
    const [mother, cut] = [someone('24'), someone('24')];
    const baby = someone('24', { birthDate: '2021-11-02' });
    const file = [wide, `${csv(mother)};;;;`, `${csv(baby)};;;;`, csv(cut)].join('\n');
    const before = (await journalOf('24')).size;
    expect(await drop(file)).toMatchObject({
      ...{ state: 'done', lines: 3, imported: 1, errors: 2 },
      errorsByCode: { 'guardianNir/required': 1, 'line/column-count': 1 },
    });
    expect(await dropPeople([baby])).toMatchObject({
      ...{ imported: 0, errorsByCode: { 'guardianNir/required': 1 } },
    });
    expect((await journalOf('24')).size - before).toBe(1);
  });

  test('with one person on several lines keeps the last, and each line is counted', async () => {
    const person = someone('974');
    const moved = { ...person, city: 'Guéret' };
    const told = await dropPeople([person, moved, moved, someone('974')]);
    expect(told).toMatchObject({ lines: 4, imported: 2, updated: 1, unchanged: 1 });
    const chains = [...(await journalOf('974')).values()];
    expect(chains.map((chain) => chain.length).sort()).toEqual([1, 2]);
    for (const chain of chains) expect(verifyChain(chain)).toMatchObject({ ok: true });
  });

  test('that names somebody twice, each time otherwise, takes nobody there and back when it comes again', async () => {
    const [person, other] = [someone('51'), someone('51')];
    const moved = { ...person, city: 'Reims' };
    const there = [person, moved, other];
    expect(await dropPeople(there)).toMatchObject({ imported: 2, updated: 1 });
    const before = (await journalOf('51')).size;
    const [holder = ''] =
      [...(await journalOf('51'))].find(([, chain]) => chain.length === 2) ?? [];
    for (const _ of [1, 2])
      expect(await dropPeople(there)).toMatchObject({ imported: 0, updated: 0, unchanged: 3 });
    expect([before, (await journalOf('51')).get(holder)?.length]).toEqual([2, 2]);
    // What another file has said in between is not a repeat any more.
    expect(await dropPeople([person, other])).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await dropPeople(there)).toMatchObject({ updated: 1, unchanged: 2 });
    expect(await dropPeople(there)).toMatchObject({ updated: 0, unchanged: 3 });
  });

  test('in which somebody goes and comes back is played in its own order', async () => {
    const person = someone('51');
    const back = [person, { ...person, city: 'Épernay' }, person];
    expect(await dropPeople(back)).toMatchObject({ imported: 1, updated: 2 });
    expect(await dropPeople(back)).toMatchObject({ updated: 0, unchanged: 3 });
  });

  test('tells a move to another département by two lines, so that counters can follow', async () => {
    const person = someone('19');
    await dropPeople([person]);
    await dropPeople([{ ...person, department: '74' }]);
    const left = [...(await journalOf('19')).values()].flat().map(({ action }) => action);
    const [holder = ''] = (await journalOf('19')).keys();
    const arrived = (await journalOf('74')).get(holder)?.map(({ action }) => action);
    expect(left).toEqual(['enrolment/import-insured', 'enrolment/regroup-insured']);
    expect(arrived).toEqual(['enrolment/update-insured']);
  });

  test.each([
    ['', 'empty-file'],
    ['nir;name\n1;2\n', 'bad-header'],
    ['x'.repeat(30_000), 'bad-header'],
  ])('that is none is refused as a whole (%#)', async (content, reason) => {
    const told = await drop(content);
    expect(told).toMatchObject({ state: 'refused', reason, lines: 0 });
    expect(JSON.parse(await object(told.result ?? ''))).toMatchObject({ state: 'refused', reason });
  });

  test('without people is done', async () => {
    expect(await drop(`${header}\n`)).toMatchObject({ state: 'done', lines: 0 });
  });

  test('more than 500 errors come in parts', async () => {
    const bad = csv(someone('48', { sex: '?' }));
    const told = await drop([header, ...Array.from({ length: 1100 }, () => bad)].join('\n'));
    expect(told).toMatchObject({ errors: 1100, imported: 0, state: 'done' });
    const { errorParts, firstErrors } = JSON.parse(await object(told.result ?? ''));
    const parts = await Promise.all(errorParts.map(object));
    const lines = parts.flatMap((part: string) => part.trim().split('\r\n').slice(1));
    expect(lines).toEqual(Array.from({ length: 1100 }, (_, n) => `${n + 2};sex;not-m-or-f`));
    expect(firstErrors).toBeUndefined();
  });

  test.each(['lost-ack', 'conflict', 'reset', 'throttle'] as const)(
    'is counted exactly when a write is hit by: %s',
    async (kind) => {
      await world.plant({
        caller: 'enrolment-intake',
        action: 'dynamodb:TransactWriteItems',
        kind,
        nth: 2,
        times: 2,
      });
      const people = Array.from({ length: 70 }, () => someone('09'));
      const told = await dropPeople(people);
      const fired = await world.faults();
      await world.clearFaults();
      expect(fired.reduce((sum, one) => sum + one.fired, 0)).toBeGreaterThan(0);
      expect(told).toMatchObject({ imported: 70, unchanged: 0, errors: 0, state: 'done' });
    },
  );

  test('leaves no identity in the table, neither in keys nor in values', async () => {
    const person = someone('48', { birthName: 'CANARI-NOM', email: 'canari@example.org' });
    await dropPeople([person]);
    const text = (await wholeTable('ENROLMENT_TABLE')) + (await wholeTable('JOURNAL_TABLE'));
    for (const secret of [person.nir, person.cardSerial, 'CANARI-NOM', 'canari@example.org'])
      expect(text.includes(secret), secret).toBe(false);
  });
});

describe('imports, for agents', () => {
  test('can be read one by one, and page by page with the latest first', async () => {
    const first = await dropPeople([someone('48')]);
    const second = await dropPeople([someone('48')]);
    const token = await signIn('campagne');
    const one = await world.request({ path: `/enrolment/imports/${first.import}`, token });
    expect(Import.parse(one.body)).toEqual(first);
    const page = await world.request({ path: '/enrolment/imports?limit=1', token });
    expect(page.body).toMatchObject({ imports: [{ import: second.import }] });
    const { next } = JSON.parse(page.text);
    const rest = await world.request({ path: `/enrolment/imports?limit=1&cursor=${next}`, token });
    expect(rest.body).toMatchObject({ imports: [{ import: first.import }] });
  });

  test('an unknown import is a 404, and no citizen may look', async () => {
    const path = `/enrolment/imports/${'0'.repeat(26)}`;
    expect((await world.request({ path, token: await signIn('campagne') })).status).toBe(404);
    expect((await world.request({ path, token: await signIn('camille') })).status).toBe(403);
    expect((await world.request({ path, token: await signIn('superviseur') })).status).toBe(404);
    for (const one of ['imprimerie', 'accueil', 'conseiller'])
      for (const each of [
        path,
        '/enrolment/imports',
        '/enrolment/waves',
        '/enrolment/waves/none',
      ]) {
        const { body } = await world.request({ path: each, token: await signIn(one) });
        expect(body, `${one} ${each}`).toMatchObject({
          ...{ status: 403, code: 'enrolment/role-required' },
        });
      }
    expect((await world.request({ path })).status).toBe(401);
  });
});
