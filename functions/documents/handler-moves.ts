import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { onMerge } from './on-merge.ts';
import { onPart } from './on-part.ts';

/** A journal line's reference, as the relay puts it on the house bus. */
const Fact = z.object({
  'detail-type': z.enum(['documents/note-late', 'enrolment/merge-record', 'enrolment/part-record']),
  detail: z.object({ holder: z.string() }),
});

export const handler = fromQueue(Fact, ({ 'detail-type': action, detail }) => {
  const answer = action === 'enrolment/part-record' ? onPart : onMerge;
  return answer(detail, () => Date.now());
});
