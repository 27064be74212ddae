import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { onBeginDeletion } from './on-begin-deletion.ts';

/** A journal line's reference, as the relay puts it on the house bus. */
const Fact = z.object({
  'detail-type': z.literal('enrolment/begin-deletion'),
  detail: z.object({ holder: z.string(), seq: z.int() }),
});

export const handler = fromQueue(Fact, ({ detail }) =>
  onBeginDeletion({ holder: detail.holder, begunSeq: detail.seq }, () => Date.now()),
);
