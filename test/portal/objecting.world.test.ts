import '#test/enrolment/races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { childOf, codesFor, dropFamily } from '#test/enrolment/child.ts';
import { wordsOf } from '#test/enrolment/papers/sheets.ts';
import { type Planted, plant } from '#test/enrolment/races/plant.ts';
import { standing } from '#test/enrolment/races/standing.ts';
import { sendWave, someone, world, wrongCode } from '#test/enrolment/town.ts';

const department = '33';
const path = '/courrier/refuser';
let people: readonly Planted[] = [];
const who = (at: number) => {
  const planted = people[at];
  if (!planted) throw new Error('nobody was planted');
  return planted;
};

const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
const send = (to: string, fields: Record<string, string>, from?: string) =>
  world.request({
    ...{ method: 'POST', path: to, headers: asForm },
    body: new URLSearchParams(fields).toString(),
    ...(from === undefined ? {} : { from }),
  });
/** The hidden lines of a form, as a browser sends them. */
const hiddenIn = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
const formAt = async (at = path) => hiddenIn((await world.request({ path: at })).text);
const typedBy = ({ nir, cardSerial, code }: Planted) => ({ nir, cardSerial, code });

beforeAll(async () => {
  await world.idle();
  const sentAt = Date.parse(await world.now()) - 3 * 86_400_000;
  people = await plant(4, { department, sentAt });
});

describe('the page behind the QR code', () => {
  test('says what one may do, and leads to the forms by addresses that hold nothing', async () => {
    const { status, headers, text } = await world.request({ path: '/courrier' });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers['cache-control']).toBe('no-store');
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
    expect(links).toEqual([
      ...['courrier/refuser', 'courrier/refuser-pour-un-enfant'],
      ...['courrier/nouveau-code', 'courrier/nouveau-code-pour-un-enfant'],
    ]);
    for (const link of links) expect((await world.request({ path: `/${link}` })).status).toBe(200);
  });

  test('each showing of a form has a key of its own', async () => {
    expect((await formAt()).key).not.toBe((await formAt()).key);
  });
});

describe('ENR-40: objecting without a script', () => {
  test('counts, stands in the journal, and the page offers the proof; sent twice it is one', async () => {
    const person = who(0);
    const fields = { ...(await formAt()), ...typedBy(person) };
    const done = await send(path, fields);
    expect([done.status, done.headers['content-type']]).toEqual([201, 'text/html; charset=utf-8']);
    expect(done.text).toContain('Votre refus est enregistré');
    expect(done.text).not.toContain(person.code);
    expect((await send(path, fields)).text).toBe(done.text);
    const { status, told } = await standing(person.holder);
    expect([status.status, told.filter((act) => act === 'oppose')]).toEqual([
      'opposed',
      ['oppose'],
    ]);
    const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(done.text) ?? [];
    const to = new URL(action, `http://site${path}`).pathname;
    const sheet = await send(to, hiddenIn(done.text));
    expect([sheet.status, sheet.headers['content-type']]).toEqual([200, 'application/pdf']);
    const { reference = '' } = hiddenIn(done.text);
    expect((await wordsOf(sheet.bytes)).replaceAll(' ', '')).toContain(reference);
  });

  test('ENR-14: all that is not recognised is one page, equal in bytes and cost', async () => {
    const [person, nobody] = [who(1), someone(department)];
    const key = 'k'.repeat(26);
    const from = '127.0.7.1';
    const wrong = wrongCode(person.code);
    const pageOf = async (fields: Record<string, string>) => {
      await world.clearCounts();
      const { status, text } = await send(path, { key, ...fields }, from);
      const counts = (await world.counts()).filter((one) => one.function === 'portal-api');
      const cost = counts.map(({ action, calls }) => `${action} ${calls}`).sort();
      // What the caller typed himself stands in it.
      const same = text.replace(/(name="(?:nir|cardSerial)" value=")[^"]*/g, '$1');
      return JSON.stringify([status, same, cost]);
    };
    const pages = [
      await pageOf({ nir: nobody.nir, cardSerial: nobody.cardSerial, code: wrong }),
      await pageOf({ ...typedBy(person), code: wrong }),
      await pageOf({ ...typedBy(person), cardSerial: '99999999' }),
    ];
    for (const page of pages) expect(page).toBe(pages[0]);
    expect(pages[0]).toContain('[403,');
    expect((await standing(person.holder)).status.status).toBe('invited');
  });

  test('a slip is told beside its line, and nothing is counted', async () => {
    const person = who(1);
    const before = (await standing(person.holder)).lines.length;
    const answer = await send(path, { ...(await formAt()), ...typedBy(person), cardSerial: '12a' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('id="cardSerial-erreur"');
    expect(answer.text).toContain(`value="${person.nir}"`);
    expect(answer.text).not.toContain(person.code);
    expect((await standing(person.holder)).lines).toHaveLength(before);
  });

  test('ENR-22: for a child, who is not recognised gets the form again', async () => {
    const at = '/courrier/refuser-pour-un-enfant';
    const child = { birthDate: '05/03/2015', certifies: 'yes' };
    const answer = await send(
      at,
      { ...(await formAt(at)), ...typedBy(who(1)), ...child },
      '127.0.7.2',
    );
    expect([answer.status, answer.text]).toEqual([
      403,
      expect.stringContaining('Ces informations ne correspondent pas.'),
    ]);
  });

  test('ENR-22, ENR-23: for a child, with the parent’s number and the child’s code it counts', async () => {
    const parent = someone(department);
    const child = childOf(parent, { birthDate: '2015-03-05' });
    const sister = childOf(parent, { birthDate: '2017-04-06', givenNames: 'Inès' });
    await dropFamily([parent, child, sister]);
    await sendWave('wave-33', [department]);
    const code = (await codesFor(parent, 'Kaïs')).at(-1) ?? '';
    const at = '/courrier/refuser-pour-un-enfant';
    const typed = { nir: parent.nir, cardSerial: child.cardSerial, code };
    const birth = { birthDate: '05/03/2015', certifies: 'yes' };
    const answer = await send(at, { ...(await formAt(at)), ...typed, ...birth });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.text).toContain('/enrolment/opposition-proofs');
    // Who answers no by mistake, and then yes, is told that nothing was refused.
    const other = (await codesFor(parent, 'Inès')).at(-1) ?? '';
    const hers = { ...(await formAt(at)), ...typed, birthDate: '06/04/2017', code: other };
    const no = await send(at, { ...hers, certifies: 'no' });
    expect([no.status, no.text]).toEqual([403, expect.stringContaining('représentant légal')]);
    const yes = await send(at, { ...hers, certifies: 'yes' });
    expect([yes.status, yes.text]).toEqual([409, expect.stringContaining('Aucun refus')]);
    expect(yes.text).not.toContain('reste enregistré');
  });

  test('ENR-22: twins: a number that is not the code’s brings the choice; without one the code decides', async () => {
    const theirs = '17';
    const parent = someone(theirs);
    const twins = [
      childOf(parent, { givenNames: 'Ana', rank: '1' }),
      childOf(parent, { givenNames: 'Zoé', rank: '2' }),
    ];
    await dropFamily([parent, ...twins]);
    await sendWave('wave-17', [theirs]);
    const code = (await codesFor(parent, 'Zoé')).at(-1) ?? '';
    const at = '/courrier/refuser-pour-un-enfant';
    const typed = { nir: parent.nir, cardSerial: parent.cardSerial, code };
    const birth = { birthDate: '15/06/2015', certifies: 'yes' };
    const contrary = await send(at, { ...(await formAt(at)), ...typed, ...birth, rank: '1' });
    expect([contrary.status, contrary.text]).toEqual([
      409,
      expect.stringContaining('celui de l’enfant numéro 2.'),
    ]);
    const radios = [...contrary.text.matchAll(/type="radio" id="[^"]+" name="rank" value="(.)">/g)];
    expect(radios.map(([, value]) => value)).toEqual(['1', '2']);
    expect(contrary.text).not.toContain(code);
    const again = hiddenIn(contrary.text);
    const done = await send(at, { ...again, ...typed, ...birth, rank: '2' });
    expect([done.status, done.text]).toEqual([201, expect.stringContaining('enregistré')]);
    const first = (await codesFor(parent, 'Ana')).at(-1) ?? '';
    const unnamed = { ...(await formAt(at)), ...typed, ...birth, code: first };
    expect((await send(at, unnamed)).status).toBe(201);
  });

  test('a lost acknowledgement is one objection; a table that is down is a page that says so', async () => {
    const action = 'dynamodb:TransactWriteItems';
    await world.plant({ caller: 'portal-api', action, kind: 'lost-ack', nth: 1 });
    const lost = await send(path, { ...(await formAt()), ...typedBy(who(2)) });
    await world.clearFaults();
    expect(lost.status).toBe(201);
    await world.plant({ caller: 'portal-api', action, kind: 'throttle', nth: 1, times: 50 });
    const fields = { ...(await formAt()), ...typedBy(who(3)) };
    const down = await send(path, fields);
    await world.clearFaults();
    expect([down.status, down.headers['content-type'], down.headers['retry-after']]).toEqual([
      ...[503, 'text/html; charset=utf-8', '2'],
    ]);
    expect(down.text).toContain('<h1>');
    expect((await send(path, fields)).status).toBe(201);
  });

  test('what is no form is refused in words', async () => {
    const answer = await world.request({ method: 'POST', path, body: {} });
    expect([answer.status, answer.headers['content-type']]).toEqual([
      ...[415, 'text/html; charset=utf-8'],
    ]);
  });
});
