import { describe, expect, test } from 'vitest';
import { partInChild } from '#functions/identity/rules/part-in-child.ts';
import { statuses } from '#shared/kernel/status.ts';

const since = '2022-02-01T00:00:00.000Z';
const child = { attachedTo: 'mother', adultOn: '2033-06-15' };
const guardians = [{ holder: 'mother', since }];
const record = { child, status: 'activated', guardians } as const;
const part = (change: object, names = ['mother'], isMinor = true) =>
  partInChild({ ...record, ...change }, names, isMinor);

describe('MIN-3, ENR-41: what part a guardian has in a child’s record', () => {
  test.each([
    ['activated', ['enter', 'close']],
    ['suspended', []],
    ['closed', ['reopen', 'request-deletion']],
    ['deletion-requested', ['reopen']],
  ] as const)('%s: %j', (status, can) => expect(part({ status })).toEqual(can));

  test('by any of his names, and while the child is a minor', () => {
    expect(part({}, ['other', 'mother'])).toEqual(['enter', 'close']);
    expect(part({}, ['father'])).toBeUndefined();
    expect(part({}, [])).toBeUndefined();
    expect(part({}, ['mother'], false)).toBeUndefined();
    expect(part({ child: undefined })).toBeUndefined();
  });

  test('of a record closed after a suspension nothing that he can do', () => {
    const closedAfter = { suspendedAt: since };
    for (const status of ['closed', 'deletion-requested'] as const)
      expect(part({ status, closedAfter })).toEqual([]);
  });

  test('only an active one may be entered', () => {
    const entered = statuses.filter((status) =>
      [part({ status }), part({ status, guardians: undefined })].some((can) =>
        can?.includes('enter'),
      ),
    );
    expect(entered).toEqual(['activated']);
  });
});

describe('ENR-47: who was guardian of a deleted record', () => {
  const gone = { status: 'deleted', guardians: undefined, certifiedTo: ['mother', 'father'] };

  test('fetches the certificate, until the trace ends; of one that is being deleted there is none yet', () => {
    expect(part(gone, ['father'])).toEqual(['read-certificate']);
    expect(part({ ...gone, status: 'deleting' }, ['father'])).toEqual([]);
    expect(part({ ...gone, forgetFrom: since }, ['father'])).toBeUndefined();
    expect(part(gone, ['stranger'])).toBeUndefined();
  });

  test('not who lost his authority since', () => {
    const barred = { ...child, barred: ['father'] };
    expect(part({ ...gone, child: barred }, ['father'])).toBeUndefined();
    expect(part({ ...gone, child: barred }, ['mother'])).toEqual(['read-certificate']);
  });
});

describe('ENR-41: a record that waits for whom the child is attached to', () => {
  const waiting = (change: object, names?: string[]) =>
    part({ guardians: undefined, ...change }, names);

  // A closed one whose guardians have all gone waits for one again (ENR-44).
  const waits = ['invited', 'opposed', 'open', 'closed', 'deletion-requested'] as const;
  test.each(waits)('%s: he can activate it', (status) => {
    expect(waiting({ status })).toEqual(['activate']);
    expect(waiting({ status }, ['father'])).toBeUndefined();
  });

  test.each(statuses.filter((status) => !waits.some((one) => one === status)))(
    '%s is not there for who has no part in it but that',
    (status) => expect(waiting({ status })).toBeUndefined(),
  );

  test('of what he was not told he learns nothing here', () => {
    for (const uninformed of ['bounced', 'returned', 'readdressed', 'left'])
      expect(waiting({ status: 'invited', uninformed })).toBeUndefined();
    expect(waiting({ status: 'known' })).toBeUndefined();
  });

  test('ENR-23, MIN-2: neither who is no legal representative nor whose authority was taken', () => {
    for (const status of waits) {
      expect(waiting({ status, blocked: true })).toBeUndefined();
      for (const barred of [['mother'], ['mothers-other-name']])
        expect(
          waiting({ status, child: { ...child, barred } }, ['mother', 'mothers-other-name']),
        ).toBeUndefined();
    }
  });
});
