import { expect, test } from 'vitest';
import { contestFaults } from '#infra/local/recount/contests.ts';
import { StatusItem } from '#infra/local/recount/records.ts';

const objectedAt = '2022-03-02T09:00:00.000Z';
const status = StatusItem.parse({
  ...{ pk: 'H#h1', holder: 'h1', status: 'suspended', headSeq: 1, headHash: 'x', department: '12' },
  ...{ informBy: 'mail', objectedAt, suspension: { reference: 'r1', motive: 'fraudulent-use' } },
});
const item = {
  ...{ pk: 'CONTEST#r1', sk: 'CONTEST', holder: 'h1' },
  ...{ duePk: 'CONTESTED', dueSk: `${objectedAt}#r1#h1` },
};
const { duePk: _pk, dueSk: _sk, ...over } = item;

test('ENR-45 the recount: who objected to his suspension is listed, once and as himself; nobody else is', () => {
  const { objectedAt: _o, ...waits } = status;
  expect(contestFaults([item], [status])).toEqual([]);
  expect(contestFaults([over], [waits])).toEqual([]);
  expect(contestFaults([], [status]).join()).toContain('is not in the list');
  expect(contestFaults([over], [status]).join()).toContain('is not in the list');
  expect(contestFaults([item], [waits]).join()).toContain('does not wait');
  expect(contestFaults([item], []).join()).toContain('does not wait');
  expect(contestFaults([{ ...item, holder: 'h2' }], [status])).toHaveLength(2);
});
