import { expect, test } from 'vitest';
import { noticeLetterFaults } from '#infra/local/recount/notice-letters.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';

const day = 'LETTERS#2022-02-07';
const batch = {
  ...{ pk: 'BATCHES', sk: '20220207-001', references: ['a', 'b'] },
  posting: { exceptions: ['b'] },
};
const letter = (sk: string, reference: string) => ({
  ...{ pk: day, sk, batch: batch.sk, settled: '2022-02-08', sheets: [{ reference }] },
});
const line = (holder: string) =>
  nextLine(genesis, {
    ...{ id: holder, holder, at: 0, actor: { kind: 'system', id: 'notices' }, channel: 'post' },
    ...{ action: 'notices/post-letter', object: { kind: 'letters', id: batch.sk } },
    ...{ outcome: 'done', policy: 'p', visible: 'holder' },
  }).line;
const [written, spoiled] = [letter('ann', 'a'), letter('bob', 'b')];

test('SEC-8: letters that are told as they were posted are found whole', () => {
  expect(noticeLetterFaults([batch, written, spoiled], [line('ann')])).toEqual([]);
  expect(
    noticeLetterFaults(
      [
        { ...batch, posting: undefined },
        { ...written, settled: undefined },
      ],
      [],
    ),
  ).toEqual([]);
});

test.each([
  ['a line that is missing', [batch, written], [], 'ann: no line tells'],
  ['a line too many', [batch, spoiled], [line('bob')], 'bob: a line tells'],
  ['a posting that nobody settled', [batch, { ...spoiled, settled: undefined }], [], 'not settled'],
  ['a reference twice', [{ ...batch, references: ['a', 'a'] }], [], 'one reference'],
])('SEC-8: %s is found', (_, items, lines, fault) => {
  expect(noticeLetterFaults(items, lines)).toEqual([expect.stringContaining(fault)]);
});
