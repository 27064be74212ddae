import { expect, test } from 'vitest';
import { judge } from './judge.ts';

const put = { function: 'room-api', permission: 'dynamodb:PutItem on A_TABLE' };
const logs = { function: 'room-api', permission: 'logs:PutLogEvents on roomapilogs' };
const reason = 'Lambda itself writes the logs.';
const listed = { most: 1, entries: [{ function: '*', permission: 'logs:* on *', reason }] };
const faultsOf = (...given: Parameters<typeof judge>) =>
  judge(...given).checks.flatMap(({ faults }) => faults);
const used = (one: typeof put, ...tests: string[]) => ({ ...one, tests });

test('permissions that a named test used, or that are listed, are in order', () => {
  const played = { held: [put, logs], exercised: [used(put, 'a.test.ts > puts')] };
  expect(faultsOf(played, listed)).toEqual([]);
  expect(judge(played, listed).summary).toBe(
    '2 permissions held, 1 exercised by named tests, 1 listed as never exercised',
  );
});

test.each([
  ['no test uses it', { held: [put, logs], exercised: [] }, 'no test uses dynamodb:PutItem'],
  [
    'it was used outside any test only',
    { held: [put, logs], exercised: [used(put)] },
    'no test uses dynamodb:PutItem',
  ],
  [
    'what is listed is used',
    { held: [logs], exercised: [used(logs, 'a.test.ts > logs')] },
    'listed, but used by a.test.ts > logs',
  ],
  ['what is listed is not held', { held: [], exercised: [] }, 'listed, but no longer held'],
  ['the list covers more', { held: [logs, { ...logs, function: 'b' }], exercised: [] }, 'covers 2'],
  ['the list covers less', { held: [], exercised: [] }, 'covers 0'],
])('it is a fault when %s', (_what, played, words) => {
  expect(faultsOf(played, listed).join('\n')).toContain(words);
});
