import './in-process.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address, holderWith, lineFor } from './holders.ts';
import { world } from './in-process.ts';

/** Calls and units of the room while a line is told; the polling of its queues aside. */
async function cost(holder: string, action = 'documents/deposit-document') {
  await world.clearCounts();
  await lineFor(holder, action);
  await world.idle();
  const own = (await world.counts()).filter(
    (one) => one.function === 'notices-facts' && !one.action.startsWith('sqs:'),
  );
  const sum = (key: 'readUnits' | 'writeUnits') => own.reduce((total, one) => total + one[key], 0);
  const calls = own
    .map((one) => `${one.action.replace('dynamodb:', '')} ${one.calls}`)
    .toSorted()
    .join(', ');
  return { calls, read: sum('readUnits'), write: sum('writeUnits') };
}

beforeAll(async () => {
  await world.idle();
  await world.weigh(true);
  // The environment that answers has its keys; world time does not matter to it.
  await cost((await holderWith({ email: address() })).holder);
});
afterAll(() => world.weigh(false));

test('what a notice by mail costs: line, status, itself, person and contacts; taken and noted', async () => {
  const { holder } = await holderWith({ email: address() });
  expect(await cost(holder)).toEqual({
    calls: 'GetItem 5, UpdateItem 2, ses:SendEmail 1',
    ...{ read: 5, write: 2 },
  });
});

test('what a notice by letter costs: itself and the letter, as one', async () => {
  const { holder } = await holderWith({ email: '' });
  expect(await cost(holder)).toEqual({
    calls: 'GetItem 5, TransactWriteItems 1, UpdateItem 1',
    ...{ read: 5, write: 5 },
  });
});

test('what is not told costs the look at its line', async () => {
  const { holder } = await holderWith({ email: address() });
  await world.clearCounts();
  await lineFor(holder, undefined, { visible: 'operator' });
  await world.idle();
  const own = (await world.counts()).filter((one) => one.function === 'notices-facts');
  expect(own.filter(({ action }) => !action.startsWith('sqs:'))).toMatchObject([
    { action: 'dynamodb:GetItem', calls: 1, readUnits: 1 },
  ]);
});
