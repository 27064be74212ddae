import '#test/enrolment/races/in-process.ts';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeWrite, loadCode } from '#functions/enrolment/person-store.ts';
import { networkTag } from '#functions/enrolment/tags.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { transact } from '#shared/aws/transact.ts';
import { networkPrefix } from '#shared/kernel/network.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { childOf, codesFor, dropFamily } from '#test/enrolment/child.ts';
import { batchesOf, lettersOf, printed } from '#test/enrolment/letters/shop.ts';
import { type Planted, plant } from '#test/enrolment/races/plant.ts';
import { standing } from '#test/enrolment/races/standing.ts';
import { codesOf, sendWave, someone, world } from '#test/enrolment/town.ts';

const department = '45';
const path = '/courrier/nouveau-code';
const dayMs = 86_400_000;
let people: readonly Planted[] = [];
const who = (at: number) => {
  const planted = people[at];
  if (!planted) throw new Error('nobody was planted');
  return planted;
};

const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
const send = (to: string, fields: Record<string, string>, from: string) =>
  world.request({
    ...{ method: 'POST', path: to, headers: asForm, from },
    body: new URLSearchParams(fields).toString(),
  });
const typedBy = (one: { nir: string; cardSerial: string; birthDate: string }, by = 'mail') => ({
  ...{ nir: one.nir, cardSerial: one.cardSerial, by },
  birthDate: one.birthDate.split('-').reverse().join('/'),
});
/** Objects by the other form, as a browser sends it. */
async function refuseBy(person: { nir: string; cardSerial: string }, code: string, from: string) {
  const { text } = await world.request({ path: '/courrier/refuser' });
  const [, key = ''] = /name="key" value="([^"]+)"/.exec(text) ?? [];
  const fields = { key, nir: person.nir, cardSerial: person.cardSerial, code };
  return send('/courrier/refuser', fields, from);
}
const wayOn = '<a href="nouveau-code">Demander un nouveau code</a>';

/** An answer with all that it cost, and nothing that hangs on the hour. */
async function heard(fields: Record<string, string>, from: string, to = path) {
  await world.clearCounts();
  const { status, text, headers } = await send(to, fields, from);
  const counts = (await world.counts()).filter((one) => one.function === 'portal-api');
  const cost = counts.map(({ action, calls }) => `${action} ${calls}`).sort();
  return { status, text, type: headers['content-type'], cost };
}

/** Makes somebody's code one whose time is over, with his deadline still to come. */
async function expire(holder: string): Promise<void> {
  const code = await loadCode(holder);
  if (!code?.current) throw new Error('nobody has a code');
  const validUntil = new Date(Date.parse(await world.now()) - 1000).toISOString();
  const next = { ...code, revision: code.revision + 1, current: { ...code.current, validUntil } };
  await transact([codeWrite(next, code.revision)]);
}

beforeAll(async () => {
  await world.idle();
  const sentAt = Date.parse(await world.now()) - 3 * dayMs;
  people = await plant(6, { department, sentAt });
});

describe('ENR-12: a new code, asked for without a script', () => {
  test('whose code expired is led to the form, finds another in his mail, and objects with it', async () => {
    const person = who(0);
    await expire(person.holder);
    const old = await refuseBy(person, person.code, '127.145.1.1');
    expect([old.status, old.text]).toEqual([409, expect.stringContaining(wayOn)]);
    const form = await world.request({ path });
    expect([form.status, form.text]).toEqual([200, expect.stringContaining('name="birthDate"')]);
    expect(form.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src/);
    const asked = await send(path, typedBy(person), '127.145.1.1');
    expect([asked.status, asked.headers['content-type']]).toEqual([
      ...[202, 'text/html; charset=utf-8'],
    ]);
    for (const said of [person.nir, person.cardSerial, person.email])
      expect(asked.text).not.toContain(said);
    await world.idle();
    const codes = await codesOf(person);
    expect(codes).toHaveLength(1);
    const done = await refuseBy(person, codes[0] ?? '', '127.145.1.1');
    expect([done.status, done.text]).toEqual([201, expect.stringContaining('est enregistré')]);
    const { status, told } = await standing(person.holder);
    expect(status.status).toBe('opposed');
    expect(told.slice(-3)).toEqual(['request-code', 'renew-code', 'oppose']);
  });

  test('sent twice, or within the seconds between two, it is one mail', async () => {
    const person = who(1);
    const [first, second] = [
      await send(path, typedBy(person), '127.145.2.1'),
      await send(path, typedBy(person), '127.145.2.1'),
    ];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.text).toBe(first.text);
    await world.idle();
    expect(await codesOf(person)).toHaveLength(1);
    expect((await standing(person.holder)).told).toContain('request-code refused too-soon');
  });

  test.each(['mail', 'letter', 'sms'])(
    'ENR-14, D63: by %s, somebody and nobody, right or wrong, get one page at one cost',
    async (by) => {
      const person = who({ mail: 2, letter: 3, sms: 4 }[by] ?? 0);
      const nobody = someone(department);
      const from = `127.145.3.${by.length}`;
      const pages = [
        await heard(typedBy(nobody, by), from),
        await heard({ ...typedBy(person, by), birthDate: '01/01/1950' }, from),
        await heard({ ...typedBy(person, by), cardSerial: '99999999' }, from),
        await heard(typedBy(person, by), from),
      ];
      expect(pages[0]).toMatchObject({ status: 202 });
      for (const page of pages) expect(page).toEqual(pages[0]);
      const { told } = await standing(person.holder);
      // What comes of a wish is told when it comes: perhaps by now.
      expect(told.filter((act) => act.startsWith('request-'))).toEqual([
        ...['request-code refused birth-mismatch', 'request-code refused card-mismatch'].map(
          (one) => (by === 'letter' ? one.replace('code', 'letter') : one),
        ),
        { mail: 'request-code', letter: 'request-letter', sms: 'request-code' }[by],
      ]);
      await world.idle();
    },
  );

  test('by SMS it comes to the number that the insurance body knows, and objects', async () => {
    const mobile = '+33639984501';
    const sentAt = Date.parse(await world.now()) - 3 * dayMs;
    const [person] = await plant(1, { department, sentAt, mobile });
    if (!person) throw new Error('nobody was planted');
    expect((await send(path, typedBy(person, 'sms'), '127.145.8.1')).status).toBe(202);
    await world.idle();
    const [text] = await world.texts({ to: mobile });
    const [code = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text?.text ?? '') ?? [];
    expect((await refuseBy(person, code, '127.145.8.1')).status).toBe(201);
    expect(await codesOf(person)).toEqual([]);
  });

  test('a slip is told beside its line, and nothing is counted', async () => {
    const person = who(5);
    const before = (await standing(person.holder)).lines.length;
    const fields = { ...typedBy(person, ''), birthDate: '31/02/1985' };
    const answer = await heard(fields, '127.145.4.1');
    expect([answer.status, answer.cost]).toEqual([400, []]);
    for (const id of ['birthDate-erreur', 'by-erreur']) expect(answer.text).toContain(`id="${id}"`);
    expect(answer.text).toContain(`value="${person.nir}"`);
    expect((await standing(person.holder)).lines).toHaveLength(before);
  });

  test('ENR-14: a network over its quota gets a page that says from when on, whoever is named', async () => {
    const from = '127.145.5.1';
    const network = networkTag(await theSecret('lookup'), networkPrefix(from));
    const at = Date.parse(await world.now());
    const TableName = world.physical('ENROLMENT_TABLE');
    // The hour may turn meanwhile.
    for (const hour of [at, at + dayMs / 24].map((one) => new Date(one).toISOString().slice(0, 13)))
      await dynamo.send(
        new PutCommand({ TableName, Item: { pk: `NET#${network}`, sk: hour, count: 200 } }),
      );
    const told = new Set<string>();
    for (const one of [who(5), someone(department)]) {
      const { status, text, headers } = await send(path, typedBy(one), from);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      const same = text
        .replace(/(name="(?:nir|cardSerial)" value=")[^"]*/g, '$1')
        .replace(/réessayer [a-z]+ [^(]+ à \d\d? h 00 \(heure de Paris\)/, 'réessayer à l’heure');
      told.add(`${status} ${same}`);
    }
    expect([...told]).toEqual([
      expect.stringMatching(/^429 [\s\S]*Vous pourrez réessayer à l’heure/),
    ]);
    expect((await standing(who(5).holder)).told).not.toContain('request-code');
  });

  test('a lost acknowledgement is one wish and one mail', async () => {
    const action = 'dynamodb:TransactWriteItems';
    await world.plant({ caller: 'portal-api', action, kind: 'lost-ack', nth: 1 });
    const lost = await send(path, typedBy(who(5)), '127.145.6.1');
    await world.clearFaults();
    expect(lost.status).toBe(202);
    await world.idle();
    expect(await codesOf(who(5))).toHaveLength(1);
  });

  test('a letter that was wished for is printed with another code', async () => {
    const person = who(3);
    expect((await standing(person.holder)).code?.letterFor).toBe(department);
    expect(await codesOf(person)).toEqual([]);
    await printed(department);
    const { batch = '' } = (await batchesOf(department)).at(-1) ?? {};
    const letters = await lettersOf(batch);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text).toContain('Votre nouveau code provisoire');
    // Until the posting the earlier one counts, as the page says.
    const refused = await refuseBy(person, letters[0]?.code ?? '', '127.145.7.1');
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining(wayOn)]);
    expect((await refuseBy(person, person.code, '127.145.7.2')).status).toBe(201);
  });
});

describe('ENR-22: a new code for a child, asked for without a script', () => {
  const at = '/courrier/nouveau-code-pour-un-enfant';

  test('says what is wrong, and asks for nothing: no birth date, no way', async () => {
    const parent = someone('37');
    const { birthDate: _b, by: _w, ...typed } = typedBy(parent);
    const wrong = await send(at, { ...typed, birthDate: '31/02/2015', by: '' }, '127.145.9.9');
    expect(wrong.status).toBe(400);
    for (const field of ['birthDate', 'by']) expect(wrong.text).toContain(`href="#${field}`);
    expect(wrong.text).toContain(parent.cardSerial);
  });

  test('comes to the parent; of two born on one day without a number nobody’s does', async () => {
    const theirs = '37';
    const parent = someone(theirs);
    const twins = [
      childOf(parent, { givenNames: 'Ana', rank: '1' }),
      childOf(parent, { givenNames: 'Zoé', rank: '2' }),
    ];
    await dropFamily([parent, ...twins]);
    await sendWave('wave-37', [theirs]);
    await world.move('+10m');
    const typed = { ...typedBy(parent), birthDate: '15/06/2015' };
    const nobody = await heard({ ...typed, nir: someone(theirs).nir }, '127.145.9.1', at);
    const unclear = await heard(typed, '127.145.9.2', at);
    expect(nobody).toMatchObject({ status: 202 });
    expect(unclear).toEqual(nobody);
    await world.idle();
    const counts = async () =>
      Promise.all(['Ana', 'Zoé'].map(async (name) => (await codesFor(parent, name)).length));
    expect(await counts()).toEqual([1, 1]);
    expect(await heard({ ...typed, rank: '2' }, '127.145.9.3', at)).toEqual(nobody);
    await world.idle();
    expect(await counts()).toEqual([1, 2]);
    const [old, code] = await codesFor(parent, 'Zoé');
    expect(code).not.toBe(old);
    const refusal = '/courrier/refuser-pour-un-enfant';
    const key = 'q'.repeat(26);
    const child = { birthDate: '15/06/2015', certifies: 'yes', rank: '2' };
    const fields = { key, nir: parent.nir, cardSerial: parent.cardSerial, ...child };
    expect((await send(refusal, { ...fields, code: old ?? '' }, '127.145.9.4')).status).toBe(403);
    expect((await send(refusal, { ...fields, code: code ?? '' }, '127.145.9.4')).status).toBe(201);
  });
});
