import { expect, test } from 'vitest';
import { otherNumbers } from '#functions/enrolment/rules/other-numbers.ts';

test('ENR-20: a number that is replaced is kept beside the one that counts, and to and fro once only', () => {
  const first = otherNumbers({}, { plus: 'waiting', minus: 'definitive' });
  expect(first).toEqual({ otherNumbers: ['waiting'] });
  const back = otherNumbers(first, { plus: 'definitive', minus: 'waiting' });
  expect(back).toEqual({ otherNumbers: ['definitive'] });
  expect(otherNumbers(back, { plus: 'waiting', minus: 'definitive' })).toEqual(first);
  expect(otherNumbers({ otherNumbers: ['a', 'b'] }, { plus: 'b', minus: 'c' })).toEqual({
    otherNumbers: ['a', 'b'],
  });
});
