import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { counters } from '#functions/enrolment/data/counters.ts';
import { countersPage } from '#functions/enrolment/rules/counters-page.ts';
import { Counter } from '#functions/enrolment/schema-counters.ts';
import { departments } from '#shared/kernel/departments.ts';

describe('the list of counters', () => {
  test('holds what its schema says, each once, in the order by which it is paged', () => {
    expect(z.array(Counter).parse(counters)).toEqual(counters);
    const ids = counters.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const { id, department } of counters) expect(id.split('-')[0]).toBe(department);
    for (const { hours } of counters)
      for (const { from, until } of hours) expect(from < until).toBe(true);
  });

  test('tells all of a département, however the pages are cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...departments),
        fc.integer({ min: 1, max: 50 }),
        (department, limit) => {
          const found: Counter[] = [];
          let after: string | undefined;
          do {
            const page = countersPage(counters, { department, after, limit });
            expect(page.counters.length).toBeLessThanOrEqual(limit);
            found.push(...page.counters);
            after = page.next;
          } while (after !== undefined);
          expect(found).toEqual(counters.filter((one) => one.department === department));
        },
      ),
    );
  });
});
