import { expect, test } from 'vitest';
import { recordFaults, StatusItem } from '#infra/local/recount/records.ts';

const status = StatusItem.parse({
  ...{ pk: 'H#h1', holder: 'h1', status: 'known', department: '12', informBy: 'mail' },
  ...{ headSeq: 0, headHash: '' },
});
const chain = { lines: [], head: { seq: 0, hash: '' } };
const child = { adultOn: '2030-05-01', attachedTo: 'father' };
const invited = { status: 'invited', informedAt: '2022-02-07T09:00:00.000Z' } as const;

test.each([
  ['known', {}, 'INVITE#12#001'],
  ['invited', { ...invited, deadlineAt: '2022-03-21T22:59:59.999Z' }, 'DUE#x#001'],
  ['invited, and informed no more', { ...invited, uninformed: 'readdressed' }, 'PRINT#12#001'],
] as const)(
  'MIN-2 a minor whose guardian lost his authority is due at his majority only: %s',
  (_, change, otherwise) => {
    const isMisplaced = (barred: string[], duePk: string) =>
      recordFaults(
        { ...status, ...change, child: { ...child, barred }, duePk },
        chain,
        '2022-02-08',
      )
        .join()
        .includes('due index');
    expect(isMisplaced(['father'], 'ERASE#001')).toBe(false);
    expect(isMisplaced(['father'], otherwise)).toBe(true);
    expect(isMisplaced(['mother'], otherwise)).toBe(false);
    expect(isMisplaced(['mother'], 'ERASE#001')).toBe(true);
  },
);
