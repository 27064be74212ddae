import { afterAll, beforeAll, expect, test } from 'vitest';
import { deposit } from './deposits.ts';
import { record, type Titled, world } from './record.ts';
import { deposits, Kept, reads, searches } from './talk.ts';

/**
 * What each use costs once its function is warm, written down: a rise is a rise in every person's price.
 * Units as AWS bills them; whoever reads the head of a lane reads half a unit, since it may be stale.
 */
let holder: Titled;
let id: string;
const file = async () => Kept.parse((await deposits('laboratoire', deposit(holder.nir))).body).id;

beforeAll(async () => {
  holder = await record({ citizen: 'camille' });
  id = await file();
});
afterAll(() => world.weigh(false));

const uses = {
  'a read of a content': ['documents-stream', () => reads('camille', `Binary/${id}`)],
  'a read of what describes it': [
    'documents-api',
    () => reads('camille', `DocumentReference/${id}`),
  ],
  'a search among few': ['documents-api', () => searches('camille')],
  'a deposit': ['documents-api', file],
} as const;

test.each([
  ['a read of a content', 'GetItem 3, PutItem 1, Query 1, s3:GetObject 1', 3, 1],
  ['a read of what describes it', 'GetItem 3, PutItem 1, Query 1', 3, 1],
  ['a search among few', 'GetItem 2, PutItem 1, Query 2', 3, 1],
  ['a deposit', 'GetItem 4, Query 1, TransactWriteItems 1, s3:PutObject 1', 4.5, 8],
] as const)(
  '%s: %s; %s read and %s write units, and no call to KMS',
  async (what, calls, read, write) => {
    const [functionId, use] = uses[what];
    // Every environment that may answer has the keys by then.
    await use();
    await world.idle();
    await world.weigh(true);
    await world.clearCounts();
    await use();
    const own = (await world.counts()).filter((one) => one.function === functionId);
    await world.weigh(false);
    const told = own.map((one) => `${one.action.replace('dynamodb:', '')} ${one.calls}`).toSorted();
    const sum = (of: 'readUnits' | 'writeUnits') => own.reduce((all, one) => all + one[of], 0);
    expect([told.join(', '), sum('readUnits'), sum('writeUnits')]).toEqual([calls, read, write]);
  },
);
