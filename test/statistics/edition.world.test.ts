import { expect, inject, test } from 'vitest';
import { attachWorld } from '#test/support/world.ts';

const world = attachWorld(inject('world'));

test('an edition that was never published is not there, whoever asks', async () => {
  const answer = await world.request({ path: '/statistics/published?edition=2000-01-03' });
  expect([answer.status, answer.body]).toMatchObject([404, { code: 'statistics/no-edition' }]);
});
