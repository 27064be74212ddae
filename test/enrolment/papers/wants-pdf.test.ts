import { expect, test } from 'vitest';
import { wantsPdf } from '#functions/enrolment/rules/wants-pdf.ts';

test.each([
  ['*/*', false],
  ['application/json', false],
  ['text/html,application/xhtml+xml,*/*;q=0.8', false],
  ['application/pdf', true],
  ['Application/PDF; q=0.5', true],
  ['application/json, application/pdf', true],
  ['application/json;q=0.9, application/pdf;q=0.8', false],
  ['application/json;q=0.8, application/pdf;q=0.9', true],
  ['application/pdf;q=0', false],
  ['application/pdf;q=none', false],
  ['', false],
])('Accept: %s', (accept, wanted) => {
  expect(wantsPdf(accept)).toBe(wanted);
});
