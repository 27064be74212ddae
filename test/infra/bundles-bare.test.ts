import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { entriesOf } from '#infra/entries.ts';
import { bundlePairs } from '#test/bench/bare.ts';

/** Pages carry their own words and their style. */
const limitOf = (id: string): number => (id === 'portal-api' ? 1.3 : 1.25);

test('each bundle weighs at most 1.25 times the bare clients and libraries that it uses, one of pages 1.3', async () => {
  // Inside the project, where the bare sources find its packages.
  const folder = path.join('.local', 'test', `bare-${process.pid}`);
  const pairs = await bundlePairs(entriesOf(), folder);
  expect(pairs).toHaveLength(entriesOf().length);
  const told = pairs.map(({ id, ours, bare }) => ({ id, times: ours.bytes / bare.bytes }));
  console.log(told.map(({ id, times }) => `${id} ${times.toFixed(2)}`).join(', '));
  expect(told.filter(({ id, times }) => times > limitOf(id))).toEqual([]);
  const uses = (id: string) => pairs.find((pair) => pair.id === id)?.taken;
  expect(uses('statistics-api')).toEqual([
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/lib-dynamodb',
    '@middy/core',
    'zod',
  ]);
});
