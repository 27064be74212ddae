import '#test/enrolment/races/in-process.ts';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AccessGrant, grantFeeding, grantHolder } from '#shared/access/grant.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { newId } from '#shared/random.ts';
import { linkWrite } from '#shared/record/link.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { statusKey } from '#shared/record/table.ts';
import { linkTag } from '#shared/record/tags.ts';
import { world } from '#test/enrolment/races/in-process.ts';
import { killedAt } from '#test/enrolment/races/killed-at.ts';
import { type Planted, plant } from '#test/enrolment/races/plant.ts';

const TableName = world.physical('ENROLMENT_TABLE');

/** Puts a status past all rules: what enrolment cannot make yet. */
async function stand(holder: string, status: StatusWord, account?: string): Promise<void> {
  const Item = {
    ...statusKey(holder),
    ...{ holder, status, department: '2A' },
    ...(account ? { linkTag: account } : {}),
  };
  await dynamo.send(new PutCommand({ TableName, Item }));
}

async function link(subject: string, holder: string): Promise<string> {
  const account = linkTag(await secretMade('lookup'), 'holder', subject);
  const linkedAt = new Date(0).toISOString();
  await dynamo.send(new PutCommand(linkWrite(account, { holder, linkedAt }).Put));
  return account;
}

const at = Date.parse('2024-02-01T12:00:00Z');
const citizen = (subject: string): SignedIn => ({ kind: 'holder', subject, name: 'Odette' });
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'granted',
    (error: unknown) => Reflect.get(Object(error), 'code'),
  );

describe('the holder’s own record', () => {
  test('is granted to the account that its status names, and to no other from the next request on', async () => {
    const [holder, first, second] = [newId(), newId(), newId()];
    await stand(holder, 'activated', await link(first, holder));
    const grant = await grantHolder(citizen(first), at);
    expect(grant).toMatchObject({
      ...{ holder, actor: { kind: 'holder', id: holder } },
      ...{ mode: 'normal', purpose: 'own-record', policy: 'access-3' },
    });
    expect([...grant.may]).toEqual(['read', 'search', 'deposit', 'history']);
    expect(JSON.stringify(grant)).not.toContain('Odette');
    await stand(holder, 'activated', await link(second, holder));
    expect(await codeOf(grantHolder(citizen(first), at))).toBe('access/not-linked');
    expect((await grantHolder(citizen(second), at)).holder).toBe(holder);
  });

  test.each(['suspended', 'closed', 'deleted', 'deceased', 'open'] as const)(
    'is not granted while it is %s',
    async (status) => {
      const [holder, subject] = [newId(), newId()];
      await stand(holder, status, await link(subject, holder));
      expect(await codeOf(grantHolder(citizen(subject), at))).toBe('access/record-closed');
    },
  );

  test('is nobody’s without a link, and no other kind of caller’s', async () => {
    expect(await codeOf(grantHolder(citizen(newId()), at))).toBe('access/not-linked');
    for (const kind of ['professional', 'agent', 'establishment'] as const)
      expect(await codeOf(grantHolder({ kind, subject: 'x' }, at))).toBe('request/not-allowed');
  });

  test('an issuer’s name is an account of its own: the same word elsewhere opens nothing', async () => {
    const [holder, subject] = [newId(), newId()];
    await stand(holder, 'activated', await link(subject, holder));
    expect(await codeOf(grantHolder(citizen(`${subject} `), at))).toBe('access/not-linked');
  });
});

describe('ACC-10, ENR-31: an establishment that deposits for a named professional', () => {
  const laboratory: SignedIn = {
    ...{ kind: 'establishment', subject: 'establishment-0001', structure: 'Laboratoire' },
  };
  const professional = { id: '899700000011', name: 'Docteur Inventée', role: 'doctor' };
  const feed = (ins: string) => grantFeeding(laboratory, { ins, professional, at });
  let people: Planted[] = [];
  const who = (at: number) => people[at] ?? { holder: '', nir: '' };

  beforeAll(async () => {
    people = await plant(6, { department: '2A', sentAt: Date.parse('2024-01-08T09:00:00Z') });
  });

  test.each(['open', 'activated'] as const)('may deposit while it is %s', async (status) => {
    const { holder, nir } = who(status === 'open' ? 0 : 1);
    await stand(holder, status);
    const grant = await feed(nir.replace(/^(.)/, '$1 '));
    expect(grant).toMatchObject({
      ...{ holder, purpose: 'feeding', onBehalfOf: '899700000011' },
      actor: {
        ...{ kind: 'establishment', id: 'establishment-0001', structure: 'Laboratoire' },
        ...{ name: 'Docteur Inventée', role: 'doctor' },
      },
    });
    expect([...grant.may]).toEqual(['deposit']);
    expect(() => grant.allows('deposit')).not.toThrow();
    expect(() => grant.allows('read')).toThrow('request/not-allowed');
  });

  test('cannot tell an unknown person from one whose record never opened, not by the calls either', async () => {
    await stand(who(3).holder, 'opposed');
    const unknown = '269059900100106';
    const calls: number[] = [];
    for (const ins of [who(2).nir, who(3).nir, unknown, 'not a number']) {
      expect(await codeOf(feed(ins))).toBe('access/unknown-patient');
      calls.push((await killedAt(Number.POSITIVE_INFINITY, () => codeOf(feed(ins)))).calls);
    }
    expect(new Set(calls)).toEqual(new Set([2]));
  });

  test('is told that a record is closed, which was open once', async () => {
    await stand(who(4).holder, 'closed');
    expect(await codeOf(feed(who(4).nir))).toBe('access/record-closed');
  });

  test('nobody else may', async () => {
    for (const kind of ['holder', 'professional', 'agent'] as const) {
      const act = grantFeeding({ kind, subject: 'x' }, { ins: who(0).nir, professional, at });
      expect(await codeOf(act)).toBe('request/not-allowed');
    }
  });
});

test('a grant cannot be made or changed elsewhere', async () => {
  const [holder, subject] = [newId(), newId()];
  await stand(holder, 'activated', await link(subject, holder));
  const grant = await grantHolder(citizen(subject), at);
  // @ts-expect-error a copy with another holder is no grant
  const copied: AccessGrant = { ...grant, holder: newId() };
  expect(() => Reflect.apply(Reflect.get(grant, 'allows'), copied, ['read'])).toThrow(TypeError);
  expect(Reflect.set(grant, 'holder', newId())).toBe(false);
  expect(grant.holder).toBe(holder);
});
