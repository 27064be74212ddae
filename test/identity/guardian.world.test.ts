import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, isRealDay } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { deposit, ownDeposit } from '#test/documents/deposits.ts';
import { codesOf as codesTold, Found, Kept } from '#test/documents/talk.ts';
import { activate, tokenOf } from '#test/enrolment/activating.ts';
import { activateFor, childOf, codesFor, dropFamily } from '#test/enrolment/child.ts';
import { codesOf, parisTime, sendWave, someone, world } from '#test/enrolment/town.ts';

const dept = '41';
const parent = someone(dept);
const stranger = someone(dept);
const child = childOf(parent, { nir: someone(dept).nir, givenNames: 'Noé' });
/** Comes of age some days after the world's now. */
let teen = child;
let adultOn = '';
let parents = '';
let strangers = '';
let ofChild = '';
let ofTeen = '';

const fhir = { 'content-type': 'application/fhir+json' };
const secretLabel = [
  { coding: [{ system: 'urn:oid:2.16.840.1.113883.5.25', code: 'N' }] },
  {
    coding: [{ system: 'urn:oid:1.2.250.1.213.1.1.4.13', code: 'INVISIBLE_REPRESENTANTS_LEGAUX' }],
  },
];

/** A request as a parent sends it for a child; without one, for himself. */
const ask = (
  path: string,
  {
    token = parents,
    actingFor = ofChild,
    ...more
  }: Record<string, string> & { body?: string } = {},
) => {
  const { method = 'GET', type, body } = more;
  return world.request({
    ...{ method, path, token },
    headers: {
      ...(actingFor ? { 'x-acting-for': actingFor } : {}),
      ...(type ? { 'content-type': type } : {}),
    },
    ...(body === undefined ? {} : { body }),
  });
};
const search = (more: Record<string, string> = {}) =>
  ask('/fhir/DocumentReference/_search', {
    ...{ method: 'POST', type: 'application/x-www-form-urlencoded', body: 'status=current' },
    ...more,
  });
const told = (body: unknown) => (Found.parse(body).entry ?? []).map(({ resource }) => resource.id);

async function deposited(nir: string, change: object = {}): Promise<string> {
  const answer = await world.request({
    ...{ method: 'POST', path: '/fhir/DocumentReference', headers: fhir },
    token: await world.token('laboratoire'),
    body: JSON.stringify(deposit(nir, { ...change })),
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return Kept.parse(answer.body).id;
}

let [open, secret, teensSecret] = ['', '', ''];

beforeAll(async () => {
  const today = (await world.now()).slice(0, 10);
  adultOn = addDays(today, 6);
  const born = `${Number(adultOn.slice(0, 4)) - 18}${adultOn.slice(4)}`;
  if (!isRealDay(born)) adultOn = `${adultOn.slice(0, 4)}-03-01`;
  const birthDate = isRealDay(born) ? born : `${born.slice(0, 4)}-03-01`;
  teen = childOf(parent, {
    ...{ nir: someone(dept).nir, givenNames: 'Inès', birthDate, email: 'ines-jeune@example.org' },
    cardSerial: '99887766554',
  });
  const file = await dropFamily([parent, stranger, child, teen]);
  expect(file).toMatchObject({ imported: 4, errors: 0 });
  await sendWave('wave-41', [dept]);
  const own = async (one: typeof parent) => {
    const mails = await world.mails({ to: one.email });
    const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
    return /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
  };
  parents = await tokenOf(`guardian-${parent.nir}`);
  strangers = await tokenOf(`guardian-${stranger.nir}`);
  const mine = await activate(parent, { code: await own(parent), token: parents });
  expect(mine.status, mine.text).toBe(200);
  const theirs = await activate(stranger, { code: await own(stranger), token: strangers });
  expect(theirs.status, theirs.text).toBe(200);
  for (const [one, name] of [
    [child, 'Noé'],
    [teen, 'Inès'],
  ] as const) {
    const [code = ''] = await codesFor(parent, name);
    const answer = await activateFor(parent, one, { code, token: parents });
    expect(answer.status, answer.text).toBe(200);
    const { holder } = JSON.parse(answer.text);
    if (one === child) ofChild = holder;
    else ofTeen = holder;
  }
  open = await deposited(child.nir);
  secret = await deposited(child.nir, { securityLabel: secretLabel });
  teensSecret = await deposited(teen.nir, { securityLabel: secretLabel });
});

describe('MIN-3: the profiles of a parent', () => {
  test('are his own record and his children’s, by the first name', async () => {
    const { body } = await ask('/identity/profiles', { actingFor: '' });
    expect(body).toMatchObject({ profiles: [{ relation: 'own', status: 'activated' }, {}, {}] });
    const { profiles } = JSON.parse(JSON.stringify(body));
    expect(profiles.map(({ name }: { name?: string }) => name).sort()).toEqual([
      'Inès',
      'Noé',
      undefined,
    ]);
    expect(profiles).toContainEqual({
      ...{ relation: 'child', holder: ofTeen, status: 'activated', name: 'Inès', adultOn },
      can: ['enter', 'close'],
    });
    const others = await ask('/identity/profiles', { actingFor: '', token: strangers });
    expect(others.text).not.toContain(ofChild);
  });
});

describe('MIN-3: a guardian in a child’s record', () => {
  test('finds, reads and deposits there, not in his own; the journal says for whom', async () => {
    const found = await search();
    expect([found.status, Found.parse(found.body).total, told(found.body)]).toEqual([
      ...[200, 1],
      [open],
    ]);
    expect((await ask(`/fhir/DocumentReference/${open}`)).status).toBe(200);
    const content = await ask(`/fhir/Binary/${open}`);
    expect([content.status, content.text]).toEqual([200, expect.stringContaining('%PDF')]);
    const put = await ask('/fhir/DocumentReference', {
      ...{ method: 'POST', type: 'application/fhir+json', body: JSON.stringify(ownDeposit()) },
    });
    expect(put.status, put.text).toBe(201);
    const mine = await search({ actingFor: '' });
    expect(Found.parse(mine.body).total).toBe(0);
    const exported = await ask('/journal/history/export');
    const lines = JSON.parse(exported.text).lines.filter(
      ({ actor }: { actor?: { kind: string } }) => actor?.kind === 'guardian',
    );
    const actions = lines.map(({ action }: { action: string }) => action);
    for (const action of ['search-documents', 'read-document', 'read-content', 'deposit-document'])
      expect(actions).toContain(`documents/${action}`);
    for (const { onBehalfOf } of lines) expect(onBehalfOf).toBe(ofChild);
    const history = await ask('/journal/history');
    expect(history.text).toContain('Votre représentant légal');
    expect((await ask('/journal/verification')).body).toMatchObject({ ok: true });
  });

  test('MIN-12, MIN-14: a minor’s secret is not there for him, in no answer and no count', async () => {
    const none = newId();
    for (const type of ['DocumentReference', 'Binary']) {
      const theirs = await ask(`/fhir/${type}/${secret}`);
      const nobodys = await ask(`/fhir/${type}/${none}`);
      expect([theirs.status, theirs.text]).toEqual([404, nobodys.text]);
      expect(codesTold(theirs.body)).toEqual(['documents/unknown-document']);
    }
    for (const path of [
      '/fhir/DocumentReference',
      '/journal/history?limit=100',
      '/journal/history/export',
      '/fhir/AuditEvent',
      '/notices',
    ]) {
      const answer = await ask(path);
      expect(answer.status, path).toBe(200);
      expect(answer.text, path).not.toContain(secret);
      expect(answer.text, path).not.toContain('withheld');
    }
    const history = await ask('/journal/history?limit=100');
    const deposits = history.text.match(/Dépôt d’un document/g) ?? [];
    // The one that he sees, and his own.
    expect(deposits).toHaveLength(2);
    expect((await ask('/journal/verification')).body).toMatchObject({ ok: true, withheld: 0 });
    await world.idle();
    const mails = await world.mails({ to: `neuf-${parent.nir}@exemple.invalid` });
    const added = mails.filter(({ subject }) => subject.includes('document a été ajouté'));
    expect(added.map(({ text }) => /votre enfant (\S+)\./.exec(text)?.[1])).toEqual(['Noé']);
    const labelled = ownDeposit({ securityLabel: secretLabel });
    const own = await ask('/fhir/DocumentReference', {
      ...{ method: 'POST', type: 'application/fhir+json', body: JSON.stringify(labelled) },
    });
    expect(own.text).toContain('documents/visibility-of-author');
  });

  test('nobody else is let in, and cannot tell a child’s record from none', async () => {
    const answers = await Promise.all(
      [ofChild, newId()].map(async (actingFor) => {
        const { status, text } = await ask('/journal/history', { actingFor, token: strangers });
        return `${status} ${text}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('access/not-guardian');
    const unlinked = await tokenOf(`guardian-${newId()}`);
    const answer = await ask('/journal/history', { token: unlinked });
    expect(answer.body).toMatchObject({ code: 'access/not-linked' });
    // A child's record has no account, and a parent's own is no child's.
    const { body } = await ask('/identity/profiles', { actingFor: '', token: strangers });
    const [mine] = JSON.parse(JSON.stringify(body)).profiles;
    const self = await ask('/journal/history', { token: strangers, actingFor: mine.holder });
    expect(self.body).toMatchObject({ code: 'access/not-guardian' });
  });

  test('an act that is not for others is refused, never done in his own record', async () => {
    const objection = await ask('/enrolment/suspension-objection', {
      ...{ method: 'POST', type: 'application/json', body: JSON.stringify({ confirm: true }) },
    });
    expect(objection.body).toMatchObject({ status: 400, code: 'request/not-for-another' });
    const odd = await ask('/journal/history', { actingFor: 'NOT-AN-ID' });
    expect(odd.body).toMatchObject({ errors: [{ field: 'X-Acting-For', code: 'format' }] });
    const agent = await ask('/enrolment/waves', { token: await world.token('campagne') });
    expect(agent.body).toMatchObject({ code: 'request/not-for-another' });
  });
});

describe('MIN-2: parental authority that was taken', () => {
  test('ends the access at the next request, and no code brings it back', async () => {
    const { nir, birthDate } = child;
    const order = async (checks: readonly string[]) =>
      world.request({
        ...{ method: 'POST', path: '/enrolment/guardianship-orders' },
        token: await world.token('accueil'),
        body: {
          order: 'withdraw',
          nir,
          birthDate,
          channel: 'desk',
          checks,
          guardianNir: parent.nir,
        },
      });
    expect((await order(['identity-paper'])).body).toMatchObject({
      code: 'enrolment/checks-missing',
    });
    expect((await ask('/journal/history')).status).toBe(200);
    expect((await order(['court-order'])).status).toBe(200);
    for (const path of ['/journal/history', '/notices', `/fhir/DocumentReference/${open}`]) {
      const answer = await ask(path);
      expect(answer.status, path).toBe(403);
      expect(answer.text).toContain('access/not-guardian');
    }
    const profiles = await ask('/identity/profiles', { actingFor: '' });
    expect(profiles.text).not.toContain(ofChild);
    await dropFamily([{ ...child, city: 'Langres' }]);
    expect((await ask('/journal/history')).status).toBe(403);
  });
});

describe('MIN-5: the eighteenth birthday', () => {
  test('ends the guardians’ access at midnight in Paris, and the young adult takes over with his own card', async () => {
    const teens = { actingFor: ofTeen };
    await world.move(parisTime(addDays(adultOn, -1), 23, 58));
    // Tokens are good for minutes of the world's time.
    parents = await tokenOf(`guardian-${parent.nir}`);
    expect((await ask('/journal/history', { ...teens, token: parents })).status).toBe(200);
    await world.move(parisTime(adultOn, 0, 1));
    parents = await tokenOf(`guardian-${parent.nir}`);
    const after = await ask('/journal/history', { ...teens, token: parents });
    expect(after.body).toMatchObject({ status: 403, code: 'access/not-guardian' });
    const { text } = await ask('/identity/profiles', { actingFor: '', token: parents });
    expect(text).not.toContain(ofTeen);
    const { nir, cardSerial, birthDate, email } = teen;
    const asked = await world.request({
      ...{ method: 'POST', path: '/enrolment/codes', body: { nir, cardSerial, birthDate } },
    });
    expect(asked.status).toBe(202);
    await world.idle();
    const [code = ''] = await codesOf(teen);
    expect(await codesFor(parent, 'Inès')).toHaveLength(1);
    const token = await tokenOf(`adult-${nir}`);
    const activated = await activate(teen, { code, token, email });
    expect(activated.status, activated.text).toBe(200);
    // What was kept from his guardians is his.
    const own = { actingFor: '', token };
    expect(told((await search(own)).body)).toEqual([teensSecret]);
    const exported = await ask('/journal/history/export', own);
    expect(exported.text).toContain(teensSecret);
    expect((await ask('/journal/verification', own)).body).toMatchObject({ ok: true });
  });
});
