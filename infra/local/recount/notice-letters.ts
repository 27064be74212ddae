import * as z from 'zod';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { Item } from './read-tables.ts';

const Batch = z.looseObject({
  sk: z.string(),
  references: z.array(z.string()),
  posting: z.looseObject({ exceptions: z.array(z.string()) }).optional(),
});
const Letter = z.looseObject({
  sk: z.string(),
  batch: z.string().optional(),
  settled: z.string().optional(),
  sheets: z.array(z.looseObject({ reference: z.string() })).optional(),
});

/**
 * Of notices on paper: no two sheets bear one reference, what was told of a posting is done for each letter of its batch,
 * and the journal of whoever was written to says so, and of nobody else.
 */
export function noticeLetterFaults(
  notices: readonly Item[],
  lines: readonly JournalLine[],
): string[] {
  const letters = notices
    .filter(({ pk }) => pk.startsWith('LETTERS#'))
    .map((item) => Letter.parse(item));
  const batches = notices.filter(({ pk }) => pk === 'BATCHES').map((item) => Batch.parse(item));
  const all = batches.flatMap(({ references }) => references);
  const faults =
    new Set(all).size === all.length ? [] : ['two sheets of notices bear one reference'];
  const told = new Set(
    lines
      .filter(({ action }) => action === 'notices/post-letter')
      .map(({ holder, object }) => `${holder} ${object.id}`),
  );
  for (const { sk: batch, references, posting } of batches) {
    const left = new Set(references);
    for (const reference of posting?.exceptions ?? []) left.delete(reference);
    for (const { sk: holder, settled, sheets = [] } of letters.filter(
      (one) => one.batch === batch,
    )) {
      if (posting && settled === undefined) faults.push(`${holder}: a posting that is not settled`);
      const wasPosted = posting && sheets.some(({ reference }) => left.has(reference));
      if (told.has(`${holder} ${batch}`) !== (wasPosted === true))
        faults.push(`${holder}: ${wasPosted ? 'no line tells' : 'a line tells'} of batch ${batch}`);
    }
  }
  return faults;
}
