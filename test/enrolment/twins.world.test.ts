import '#test/enrolment/races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { activate, tokenOf } from './activating.ts';
import { activateFor, childOf, codesFor, costOf, dropFamily, opposeFor } from './child.ts';
import { standing } from './races/standing.ts';
import { journalOf, sendWave, someone, world, wrongCode } from './town.ts';

const dept = '14';
/** Parents of twins, and in the end one of an only child. */
const parents = Array.from({ length: 7 }, () => someone(dept, { birthName: 'PARENTLORIOT' }));
const parent = (at: number) => parents[at] ?? someone(dept);
const only = 6;
const born = parents.map((one, at) =>
  at === only
    ? [childOf(one, { givenNames: 'Kaïs' })]
    : [
        childOf(one, { givenNames: 'Ana', rank: '1' }),
        childOf(one, { givenNames: 'Zoé', rank: '2' }),
      ],
);
const ana = (at: number) => born[at]?.[0] ?? someone(dept);
/** What was mailed about each, by parent and name. */
const codes = new Map<string, string>();
const holders = new Map<string, string>();
const nameOf = (at: number, name: string) => `${at} ${name}`;
const code = (at: number, name: string) => codes.get(nameOf(at, name)) ?? '';

/** Reads a child as it stands, once something told which pseudonym is whose. */
const stands = (at: number, name: string) => standing(holders.get(nameOf(at, name)) ?? '');

beforeAll(async () => {
  const told = await dropFamily(parents.flatMap((one, at) => [one, ...(born[at] ?? [])]));
  expect(told).toMatchObject({ imported: 20, errors: 0 });
  await sendWave('wave-14', [dept]);
  for (const [at, one] of parents.entries())
    for (const name of at === only ? ['Kaïs'] : ['Ana', 'Zoé'])
      codes.set(nameOf(at, name), (await codesFor(one, name)).at(-1) ?? '');
});

/** Tries that fit nobody, by which the journal tells which pseudonym a rank is: a wrong code for each of them. */
async function learnHolders(at: number) {
  for (const [index, name] of ['Ana', 'Zoé'].entries()) {
    const before = new Set(await linesOfTries());
    await opposeFor(parent(at), ana(at), {
      ...{ code: wrongCode(code(at, name)), rank: index + 1, from: `127.14.${at}.${index + 1}` },
    });
    const [line] = (await linesOfTries()).filter((one) => !before.has(one));
    holders.set(nameOf(at, name), line?.split(' ')[0] ?? '');
  }
}

async function linesOfTries(): Promise<string[]> {
  const lines = [...(await journalOf(dept)).values()].flat();
  return lines
    .filter(({ reason }) => reason === 'enrolment/wrong-code')
    .map(({ holder, seq }) => `${holder} ${seq}`);
}

describe('ENR-22: twins, when nobody says which one', () => {
  test('a right code of either is right for that one, and for nobody else', async () => {
    await learnHolders(0);
    const second = await opposeFor(parent(0), ana(0), { code: code(0, 'Zoé') });
    expect([second.status, second.text]).toEqual([201, expect.stringContaining('opposed')]);
    expect((await stands(0, 'Zoé')).status.status).toBe('opposed');
    expect((await stands(0, 'Ana')).status.status).toBe('invited');
    const first = await opposeFor(parent(0), ana(0), { code: code(0, 'Ana') });
    expect(first.status).toBe(201);
    expect((await stands(0, 'Ana')).status.status).toBe('opposed');
  });

  test('a rank that says something else than the code is a choice to make, and counts on nobody', async () => {
    await learnHolders(1);
    const asked = { code: code(1, 'Zoé'), rank: 1 };
    for (const rank of [1, 3]) {
      const answer = await opposeFor(parent(1), ana(1), { ...asked, rank });
      expect(answer.body).toEqual(
        expect.objectContaining({
          ...{ status: 409, code: 'enrolment/which-child', ranks: '1 / 2', codeOf: 2 },
        }),
      );
    }
    expect((await stands(1, 'Ana')).told.at(-1)).toBe('oppose refused wrong-code');
    expect((await stands(1, 'Zoé')).told.slice(-2)).toEqual([
      ...['oppose refused which-child', 'oppose refused which-child'],
    ]);
    for (const name of ['Ana', 'Zoé']) {
      const { status, code: stored } = await stands(1, name);
      expect([status.status, stored?.current?.failures]).toEqual(['invited', 1]);
    }
    expect((await opposeFor(parent(1), ana(1), { ...asked, rank: 2 })).status).toBe(201);
  });

  test('ENR-14: a wrong code counts once, by turns; a stranger is told nothing, at one cost', async () => {
    await learnHolders(2);
    const failures = async () =>
      Promise.all(
        ['Ana', 'Zoé'].map(async (name) => (await stands(2, name)).code?.current?.failures),
      );
    expect(await failures()).toEqual([1, 1]);
    const wrong = wrongCode(code(2, 'Ana'));
    const tried = await costOf(() =>
      opposeFor(parent(2), ana(2), { code: wrong, from: '127.14.8.1' }),
    );
    expect(await failures()).toEqual([2, 1]);
    const again = await costOf(() =>
      opposeFor(parent(2), ana(2), { code: wrong, from: '127.14.8.2' }),
    );
    expect(await failures()).toEqual([2, 2]);
    const nobody = someone(dept);
    const tries = [
      again,
      await costOf(() => opposeFor(nobody, ana(2), { code: wrong, from: '127.14.8.3' })),
      await costOf(() => opposeFor(parent(only), ana(only), { code: wrong, from: '127.14.8.4' })),
      // The card does not fit: a right code says nothing.
      await costOf(() =>
        opposeFor(parent(2), ana(2), {
          ...{ code: code(2, 'Zoé'), rank: 1, from: '127.14.8.5' },
          change: { cardSerial: someone(dept).cardSerial },
        }),
      ),
    ];
    for (const { answer, cost } of tries)
      expect([answer.status, answer.text, cost]).toEqual([403, tried.answer.text, tried.cost]);
    expect(await failures()).toEqual([2, 2]);
  });

  test('MIN-1: a guardian’s account opens the one whose code it gives', async () => {
    await learnHolders(3);
    const token = await tokenOf(`parent-${parent(3).nir}`);
    const mails = await world.mails({ to: parent(3).email });
    const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
    const own = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
    expect((await activate(parent(3), { code: own, token })).status).toBe(200);
    const asked = { code: code(3, 'Zoé'), token };
    const contrary = await activateFor(parent(3), ana(3), { ...asked, rank: 1 });
    expect(contrary.body).toMatchObject({ code: 'enrolment/which-child', codeOf: 2 });
    const answer = await activateFor(parent(3), ana(3), asked);
    expect(answer.body).toMatchObject({ holder: holders.get(nameOf(3, 'Zoé')) });
    expect((await activateFor(parent(3), ana(3), asked)).text).toBe(answer.text);
    expect((await stands(3, 'Ana')).status.status).toBe('invited');
  });
});

describe('ENR-12, ENR-22: where no code says whose', () => {
  const ask = (at: number, child: object) =>
    world.request({
      method: 'POST',
      path: '/enrolment/codes',
      body: {
        ...{ nir: parent(at).nir, cardSerial: ana(at).cardSerial, birthDate: ana(at).birthDate },
        child,
      },
    });

  test('a wish for a code guesses none: the same answer, and no mail but for who is named', async () => {
    await learnHolders(4);
    const unnamed = await costOf(() => ask(4, {}));
    await world.idle();
    expect(await codesFor(parent(4), 'Ana')).toHaveLength(1);
    expect(await codesFor(parent(4), 'Zoé')).toHaveLength(1);
    expect((await stands(4, 'Ana')).told.at(-1)).toBe('request-code refused which-child');
    const named = await costOf(() => ask(4, { rank: 2 }));
    await world.idle();
    expect([unnamed.answer.status, unnamed.cost]).toEqual([202, named.cost]);
    expect(unnamed.answer.text).toBe(named.answer.text);
    expect(await codesFor(parent(4), 'Zoé')).toHaveLength(2);
    expect(await codesFor(parent(4), 'Ana')).toHaveLength(1);
  });

  test('an agent is told between which ranks he has to choose', async () => {
    await learnHolders(5);
    const token = await world.token('conseiller');
    const named = { nir: parent(5).nir, birthDate: ana(5).birthDate, channel: 'phone' };
    const checks = ['name', 'birth-date', 'address'];
    const madeOn = (await world.now()).slice(0, 10);
    const post = (path: string, more: object) =>
      world.request({ method: 'POST', path, token, body: { ...named, checks, ...more } });
    const choice = { status: 409, code: 'enrolment/which-child', ranks: '1 / 2' };
    expect((await post('/enrolment/agent-codes', {})).body).toMatchObject(choice);
    const objection = await post('/enrolment/agent-oppositions', { madeOn });
    expect(objection.body).toMatchObject(choice);
    const second = await post('/enrolment/agent-oppositions', { madeOn, rank: 2 });
    expect([second.status, second.text]).toEqual([201, expect.stringContaining('opposed')]);
    expect((await stands(5, 'Zoé')).status.status).toBe('opposed');
    expect((await stands(5, 'Ana')).told.slice(-2)).toEqual([
      ...['request-letter refused which-child', 'oppose refused which-child'],
    ]);
  });
});
