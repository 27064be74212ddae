import { describe, expect, test } from 'vitest';
import { stillHolds, toTell } from '#functions/notices/rules.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { statuses } from '#shared/kernel/status.ts';

const by = (action: string, kind: JournalLine['actor']['kind']): JournalLine => ({
  ...{ v: 1, id: 'l1', holder: 'h1', lane: 0, seq: 12, prev: 'A'.repeat(43) },
  ...{ at: '2022-03-07T09:00:00.123Z', actor: { kind, id: 'h1' }, channel: 'web', action },
  ...{ object: { kind: 'record' }, outcome: 'done', policy: 'p', visible: 'holder' },
});

describe('ENR-45: a suspension and the objection to it', () => {
  test.each([
    ['enrolment/suspend', 'agent', 'SUSPENSION'],
    ['enrolment/object-to-suspension', 'holder', 'CONTESTATION_SUSPENSION'],
  ] as const)(
    '%s is told at every address and by letter as well: the account may be a stranger’s',
    (action, kind, code) => {
      const telling = toTell(by(action, kind));
      expect(telling).toMatchObject({ code, everywhere: true, letterToo: true });
    },
  );

  test.each(statuses)('are told of a record that is suspended still: %s', (status) => {
    for (const code of ['SUSPENSION', 'CONTESTATION_SUSPENSION'] as const)
      expect(stillHolds(code, status)).toBe(status === 'suspended');
  });
});
