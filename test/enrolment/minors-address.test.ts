import './nights/environment.ts';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { onRequestCode } from '#functions/enrolment/on-request-code.ts';
import { isAtGuardians } from '#functions/enrolment/rules/minors-address.ts';
import { everyGuardian } from '#functions/enrolment/rules/own-card.ts';
import { code, person } from './builders.ts';

describe('MIN-4: whether a minor’s code would come to a guardian', () => {
  const own = { email: 'lea@exemple.invalid', mobile: '+33600000001' };
  test.each([
    ['nobody is known', 'mail', [], false],
    ['another address', 'mail', [{ email: 'parent@exemple.invalid' }], false],
    ['the same one', 'mail', [{}, { email: 'lea@exemple.invalid' }], true],
    ['written otherwise', 'mail', [{ email: ' LEA+maman@Exemple.invalid' }], true],
    ['confirmed before the last change', 'mail', [{ formerEmail: own.email }], true],
    ['the same name elsewhere', 'mail', [{ email: 'lea@autre.invalid' }], false],
    ['the number, for a mail', 'mail', [{ mobile: own.mobile }], false],
    ['the number, for a text message', 'sms', [{ mobile: own.mobile }], true],
    ['the address, for a text message', 'sms', [{ email: own.email }], false],
  ] as const)('%s', (_what, channel, guardians, at) => {
    expect(isAtGuardians(channel, own, guardians)).toBe(at);
  });

  test('who has no address or number shares none', () => {
    expect(isAtGuardians('mail', {}, [{}, { email: '' }])).toBe(false);
    expect(isAtGuardians('mail', { email: '' }, [{ email: '' }])).toBe(false);
    expect(isAtGuardians('sms', {}, [{}])).toBe(false);
  });
});

const child = { tag: 't', attachedTo: 'mother', adultOn: '2040-05-12' };
const acting = { holder: 'father', since: '2022-02-09T09:00:00.000Z' };

test('MIN-4: guardians are whom he is attached to, who acts, who did, and who was barred', () => {
  const known = { ...child, barred: ['aunt', 'mother'], former: ['uncle'] };
  const guardians = [{ ...acting, holder: 'mother' }, acting];
  const all = everyGuardian({ ...person.activated, child: known, guardians });
  expect([...all].sort()).toEqual(['aunt', 'father', 'mother', 'uncle']);
  expect(everyGuardian(person.activated)).toEqual([]);
});

const known = vi.hoisted(() => ({
  insurers: new Map<string, object>(),
  confirmed: new Map<string, object>(),
}));
vi.mock('#shared/record/person.ts', () => ({
  findPerson: async (holder: string) => known.insurers.get(holder),
  openPerson: async (holder: string) => known.insurers.get(holder),
}));
vi.mock('#shared/record/contacts.ts', () => ({
  openContacts: async (holder: string) => known.confirmed.get(holder),
}));
// Where a code is made, the guardians' may be replaced: not reached here.
vi.mock('#functions/enrolment/codes.ts', () => ({
  makeCode: () => Promise.reject(new Error('a code is made')),
  waitingCode: () => Promise.reject(new Error('a code is sent')),
}));
vi.mock('#shared/record/secrets.ts', () => ({ theSecret: async () => 'pepper' }));

describe('MIN-4: a wish that a guardian may have made in a minor’s name', () => {
  const { holder } = person.activated;
  const dynamo = mockClient(DynamoDBDocumentClient);
  const theirs = code({}, { requested: 7, requestedByMinor: true });
  beforeEach(() => {
    dynamo.reset();
    known.confirmed.clear();
    known.insurers.clear();
    known.insurers.set(holder, { email: 'lea@exemple.invalid', givenNames: 'Léa' });
    const status = { ...person.activated, child, guardians: [acting] };
    dynamo.on(GetCommand).callsFake(({ Key: { pk, sk } }) => {
      if (pk !== `H#${holder}`) return {};
      return { Item: sk === 'CODE' ? theirs : status };
    });
    dynamo.on(TransactWriteCommand).resolves({});
  });
  const answer = () => onRequestCode({ holder, seq: 7 }, () => Date.parse('2022-06-01T09:00:00Z'));

  test.each([
    ['the insurer’s, of whom he is attached to', () => known.insurers, 'mother'],
    ['a confirmed one, of who acts for him', () => known.confirmed, 'father'],
  ])('is laid down, and his guardians’ code stays: %s', async (_which, told, who) => {
    told().set(who, { email: 'Lea@exemple.invalid' });
    await answer();
    const [written] = dynamo.commandCalls(TransactWriteCommand);
    const puts = written?.args[0].input.TransactItems?.map(({ Put }) => Put?.Item) ?? [];
    expect(puts).toContainEqual(
      expect.objectContaining({ outcome: 'refused', reason: 'enrolment/guardians-address' }),
    );
    const after = puts.find((item) => item?.sk === 'CODE');
    expect(after).toMatchObject({ current: theirs.current });
    for (const gone of ['requested', 'requestedByMinor', 'next'])
      expect(after).not.toHaveProperty(gone);
  });

  test('is answered where the address is his alone', async () => {
    known.insurers.set('mother', { email: 'mother@exemple.invalid' });
    await expect(answer()).rejects.toThrow('a code is made');
  });
});
