import { describe, expect, test } from 'vitest';
import { deadlineIsNear } from '#functions/notices/rules/deadline-is-near.ts';

describe('ENR-2: a deadline that ends soon', () => {
  const deadlineAt = '2022-03-21T22:59:59.999Z';
  const end = Date.parse(deadlineAt);

  test('does so until its last millisecond, while it runs', () => {
    expect(deadlineIsNear({ deadlineAt }, end)).toBe(true);
    expect(deadlineIsNear({ deadlineAt }, end + 1)).toBe(false);
    expect(deadlineIsNear({ deadlineAt, frozen: true }, end)).toBe(false);
    expect(deadlineIsNear({ deadlineAt, uninformed: 'bounced' }, end)).toBe(false);
    expect(deadlineIsNear({}, end)).toBe(false);
  });
});
