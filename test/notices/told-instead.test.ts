import { expect, test } from 'vitest';
import { toldInstead } from '#functions/notices/rules.ts';

test('MIN-2, ENR-47 of a child’s deleted record is told who acted then, but not whose authority was taken since', () => {
  const child = { attachedTo: 'one', adultOn: '2033-05-12' };
  const certifiedTo = ['one', 'two'];
  expect(toldInstead({ child, certifiedTo }, true)).toEqual(['one', 'two']);
  const barred = { ...child, barred: ['one'] };
  expect(toldInstead({ child: barred, certifiedTo }, true)).toEqual(['two']);
  expect(toldInstead({ child: barred, certifiedTo: ['one'] }, true)).toEqual([]);
});
