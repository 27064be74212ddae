import { expect, test } from 'vitest';
import { merged } from './played.ts';

const one = { function: 'f', permission: 'p' };
const held = [one, { function: 'g', permission: 'p' }];

test('what tests did in two worlds counts as if they had shared one', () => {
  const first = {
    ...{ held, exercised: [{ ...one, tests: ['a'] }], seconds: { x: 1 } },
    answers: [{ route: 'GET /', statuses: [200, 400] }],
  };
  const second = {
    ...{ held, exercised: [{ ...one, tests: ['b'] }], seconds: { y: 2 } },
    answers: [{ route: 'GET /', statuses: [400, 403] }],
  };
  expect(merged([first, second])).toEqual({
    ...{ held, exercised: [{ ...one, tests: ['a', 'b'] }], seconds: { x: 1, y: 2 } },
    answers: [{ route: 'GET /', statuses: [200, 400, 403] }],
  });
  expect(merged([])).toEqual({ held: [], exercised: [], answers: [], seconds: {} });
});
