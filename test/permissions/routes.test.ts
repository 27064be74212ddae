import { expect, test } from 'vitest';
import { judgeRoutes } from './routes.ts';

const declared = [
  { route: 'GET /a', canRefuse: false },
  { route: 'POST /b', canRefuse: true },
];
const faults = (answers: { route: string; statuses: number[] }[]) =>
  judgeRoutes({ answers }, declared).map((check) => check.faults);

test('a route that no test reached, or never saw refuse, is told', () => {
  const a = { route: 'GET /a', statuses: [200] };
  expect(faults([a, { route: 'POST /b', statuses: [201, 403] }])).toEqual([[], [], []]);
  expect(faults([a, { route: 'POST /b', statuses: [201] }])).toEqual([[], ['POST /b'], []]);
  expect(faults([a, { route: 'POST /b', statuses: [403] }])).toEqual([['POST /b'], [], []]);
  expect(faults([a])).toEqual([['POST /b'], ['POST /b'], []]);
});

test('an answer of a route that is not declared is told', () => {
  const all = [
    { route: 'GET /a', statuses: [200] },
    { route: 'POST /b', statuses: [201, 403] },
    { route: 'GET /c', statuses: [200] },
  ];
  expect(faults(all)[2]).toEqual(['GET /c']);
});
