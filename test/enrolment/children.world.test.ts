import { beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '#shared/journal/verify.ts';
import { activate, tokenOf } from './activating.ts';
import { activateFor, childOf, codesFor, costOf, dropFamily, losing, opposeFor } from './child.ts';
import { journalOf, oppose, sendWave, someone, wholeTable, world, wrongCode } from './town.ts';

const dept = '55';
const parents = Array.from({ length: 8 }, () => someone(dept, { birthName: 'PARENTCANARI' }));
const parent = (at: number) => parents[at] ?? someone(dept);
const kais = parents.map((one) => childOf(one));
const child = (at: number) => kais[at] ?? childOf(parent(at));
const codes: string[] = [];
const code = (at: number) => codes[at] ?? '';

/** The code in the mail about the parent himself. */
async function ownCode(at: number): Promise<string> {
  const mails = await world.mails({ to: parent(at).email });
  const own = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
  return /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(own?.text ?? '')?.[0] ?? '';
}

/** A parent whose own record is activated, and his token. */
async function activated(at: number): Promise<string> {
  const token = await tokenOf(`parent-${parent(at).nir}`);
  const own = await ownCode(at);
  const answer = await activate(parent(at), { code: own, token });
  if (answer.status !== 200) throw new Error(answer.text);
  return token;
}

beforeAll(async () => {
  const told = await dropFamily([
    ...parents.flatMap((one, at) => [one, child(at)]),
    // Nobody's child that we know, and one of age whom the file still calls a child.
    childOf(someone(dept)),
    { ...childOf(parent(0)), birthDate: '1990-01-01' },
  ]);
  expect(told).toMatchObject({ imported: 16, errors: 2 });
  expect(told.errorsByCode).toEqual({ 'guardianNir/unknown-guardian': 1, 'nir/required': 1 });
  await sendWave('wave-55', [dept]);
  for (const one of parents) codes.push((await codesFor(one, 'Kaïs')).at(-1) ?? '');
});

describe('ENR-4, MIN-1: the code of a child', () => {
  test('is mailed to the parent, by the parent’s name, and names the child by the first name only', async () => {
    const mails = await world.mails({ to: parent(0).email });
    const about = mails.find(({ subject }) => subject.includes('votre enfant'));
    expect(about?.text).toContain('Bonjour Odette PARENTCANARI,');
    expect(about?.text).toContain('pour votre enfant Kaïs un espace');
    for (const secret of ['Léo', child(0).birthDate, parent(0).nir, parent(0).cardSerial])
      expect(about?.text).not.toContain(secret);
    expect(mails).toHaveLength(2);
  });

  test('a file that comes again changes nothing; a NIR that the child has got meanwhile finds the same record', async () => {
    const again = await dropFamily([parent(0), child(0)]);
    expect(again).toMatchObject({ unchanged: 2, imported: 0, updated: 0 });
    const own = someone(dept).nir;
    const named = await dropFamily([{ ...child(0), nir: own }]);
    expect(named).toMatchObject({ updated: 1, imported: 0 });
    expect(await dropFamily([{ ...child(0), nir: own }])).toMatchObject({ unchanged: 1 });
    // Attached to another parent: the former one does not find it any more.
    const moved = { ...childOf(parent(7), { birthDate: child(0).birthDate }), nir: own };
    await dropFamily([{ ...moved, child: { guardianNir: parent(7).nir, rank: '3' } }]);
    const former = await opposeFor(parent(0), child(0), { code: code(0), from: '127.5.0.1' });
    expect(former.body).toMatchObject({ code: 'enrolment/not-recognised' });
    await dropFamily([{ ...child(0), nir: own }]);
    const other = await dropFamily([{ ...child(0), nir: someone(dept).nir, givenNames: 'Autre' }]);
    expect(other.imported + other.updated).toBe(1);
  });
});

describe('ENR-22, ENR-40: objecting for a child', () => {
  test('counts with the parent’s NIR, the card, the birth date and the child’s code', async () => {
    const answer = await opposeFor(parent(1), child(1), { code: code(1) });
    expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('opposed')]);
    const { reference } = JSON.parse(answer.text);
    const chain = [...(await journalOf(dept)).values()].find((lines) =>
      lines.some(({ id }) => id === reference),
    );
    const last = chain?.at(-1);
    expect(last).toMatchObject({ action: 'enrolment/oppose', onBehalfOf: last?.holder });
    expect(verifyChain(chain ?? [])).toMatchObject({ ok: true });
    // The parent's own record is another one.
    expect((await oppose(parent(1), { code: await ownCode(1) })).status).toBe(201);
  });

  test('ENR-14: everything that does not fit gets one answer, at one cost', async () => {
    const from = '127.5.1.1';
    const own = await ownCode(2);
    const tries = [
      () => opposeFor(parent(2), child(2), { code: wrongCode(code(2)), from }),
      () => opposeFor(parent(2), child(2), { code: code(2), birthDate: '2015-06-16', from }),
      () => opposeFor(parent(2), child(2), { code: code(2), rank: 2, from }),
      () => opposeFor(someone(dept), child(2), { code: code(2), from }),
      () => opposeFor(parent(2), child(2), { code: own, certifies: false, from: '127.5.1.2' }),
      // The parent's own code and the child's do not stand for each other.
      () => oppose(parent(2), { code: code(2), from: '127.5.1.3' }),
    ];
    const told: string[] = [];
    const costs: string[] = [];
    for (const attempt of tries) {
      const { answer, cost } = await costOf(attempt);
      told.push(`${answer.status} ${answer.text}`);
      costs.push(cost);
    }
    expect([...new Set(told)]).toEqual([expect.stringContaining('enrolment/not-recognised')]);
    // What is asked for a child looks at several; who asks for himself says so.
    const himself = costs.pop();
    expect(new Set(costs).size).toBe(1);
    expect(costs).not.toContain(himself);
  });

  test('MIN-4: a child’s own NIR opens nothing, not even with its code', async () => {
    const nir = someone(dept).nir;
    await dropFamily([{ ...child(3), nir }]);
    const own = { ...child(3), nir };
    const answer = await oppose(own, { code: code(3), from: '127.5.2.1' });
    expect(answer.body).toMatchObject({ code: 'enrolment/not-recognised' });
    expect((await opposeFor(parent(3), child(3), { code: code(3) })).status).toBe(201);
  });
});

describe('ENR-23: who is not the legal representative', () => {
  test('gets nothing, and the opening waits whatever the deadline', async () => {
    const no = { code: code(4), certifies: false };
    const say = () => opposeFor(parent(4), child(4), no);
    for (const answer of [await losing('enrolment-public', 'block-child', say), await say()]) {
      expect(answer.body).toMatchObject({ status: 403, code: 'enrolment/not-guardian' });
    }
    // He means to refuse now, and is told that nothing is refused.
    const yes = await opposeFor(parent(4), child(4), { code: code(4) });
    expect(yes.body).toMatchObject({ status: 409, code: 'enrolment/child-blocked' });
    const token = await activated(4);
    const activation = await activateFor(parent(4), child(4), { code: code(4), token });
    expect(activation.body).toMatchObject({ code: 'enrolment/child-blocked' });
    const chains = [...(await journalOf(dept)).values()];
    const lines = chains.flat().filter(({ action }) => action === 'enrolment/block-child');
    expect(lines.map(({ outcome }) => outcome)).toEqual(['done']);
  });
});

/** What an agent has done, as the desk's one ready at home. */
const order = async (body: object, as = 'accueil') =>
  world.request({
    method: 'POST',
    path: '/enrolment/guardianship-orders',
    token: await world.token(as),
    body: { channel: 'desk', ...body },
  });

describe('ENR-23: an agent who has seen the papers', () => {
  test('lifts the block; nothing opens by what was sent before, and the guardian is written to anew', async () => {
    const { birthDate } = child(4);
    const lift = { order: 'lift-block', nir: parent(4).nir, birthDate };
    const unseen = await order({ ...lift, checks: ['identity-paper'] });
    expect(unseen.body).toMatchObject({
      ...{ status: 409, code: 'enrolment/checks-missing' },
      missing: 'family-book / birth-certificate / court-order',
    });
    const checks = ['identity-paper', 'family-book'];
    const wrong = await order({ ...lift, birthDate: '2015-06-16', checks });
    expect(wrong.body).toMatchObject({ code: 'enrolment/unknown-person' });
    const role = await order({ ...lift, checks }, 'campagne');
    expect(role.body).toMatchObject({ code: 'enrolment/role-required' });
    const seen = () => order({ ...lift, checks });
    expect((await losing('enrolment-api', 'lift-block', seen)).status).toBe(200);
    expect((await seen()).status).toBe(200);
    const lines = [...(await journalOf(dept)).values()].flat();
    const orders = lines.filter(({ action }) => action === 'enrolment/lift-block');
    // A try that did not fit stands in the journal of whom the NIR named.
    expect(orders.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
    const lifted = orders.filter(({ outcome }) => outcome === 'done');
    expect(lifted[0]).toMatchObject({ actor: { kind: 'agent' } });
  });
});

describe('MIN-1, ENR-3: activating a child’s record', () => {
  test('needs the parent’s own record first, then the code, and is one request that may be repeated', async () => {
    const stranger = await tokenOf(`stranger-${parent(5).nir}`);
    const early = await activateFor(parent(5), child(5), { code: code(5), token: stranger });
    expect(early.body).toMatchObject({ code: 'enrolment/activate-first' });
    const token = await activated(5);
    const wrong = { code: wrongCode(code(5)), token, from: '127.5.4.1' };
    const unknown = await losing('enrolment-activation', 'activate-child', () =>
      activateFor(parent(5), child(5), wrong),
    );
    expect(unknown.body).toMatchObject({ code: 'enrolment/not-recognised' });
    await world.plant({
      ...{ caller: 'enrolment-activation', action: 'dynamodb:TransactWriteItems' },
      ...{ kind: 'lost-ack', nth: 1 },
    });
    const answer = await activateFor(parent(5), child(5), { code: code(5), token });
    await world.clearFaults();
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('activated')]);
    const again = await activateFor(parent(5), child(5), { code: code(5), token });
    expect(again.text).toBe(answer.text);
    const { holder } = JSON.parse(answer.text);
    const lines = (await journalOf(dept)).get(holder) ?? [];
    const done = lines.filter(({ action }) => action === 'enrolment/activate');
    expect(done).toHaveLength(1);
    expect(done[0]).toMatchObject({ actor: { kind: 'guardian' }, onBehalfOf: holder });
    expect(verifyChain(lines)).toMatchObject({ ok: true });
  });

  test('another’s account cannot use it: only whom the insurance body attaches the child to', async () => {
    const token = await activated(7);
    const others = await activateFor(parent(0), child(0), { code: code(0), token });
    expect(others.body).toMatchObject({ code: 'enrolment/not-guardian' });
  });
});

test('ENR-2: what is not objected to opens, what is blocked does not', async () => {
  await world.move(new Date(Date.parse(await world.now()) + 44 * 86_400_000).toISOString());
  await world.idle();
  const chains = [...(await journalOf(dept)).values()];
  const has = (action: string) =>
    chains.filter((lines) => lines.some((one) => one.action === action && one.outcome === 'done'));
  for (const chain of has('enrolment/block-child'))
    expect(chain.some(({ action }) => action === 'enrolment/open')).toBe(false);
  const opened = await opposeFor(parent(2), child(2), { code: code(2), from: '127.5.9.1' });
  expect(opened.body).toMatchObject({ code: 'enrolment/deadline-passed' });
});

test('no parent’s and no child’s name, NIR or birth date is left in the tables', async () => {
  const text = (await wholeTable('ENROLMENT_TABLE')) + (await wholeTable('JOURNAL_TABLE'));
  for (const secret of ['PARENTCANARI', 'Kaïs', '2015-06-15', parent(0).nir, parent(0).cardSerial])
    expect(text.includes(secret), secret).toBe(false);
});
