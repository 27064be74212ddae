import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { onEndTrace } from './on-end-trace.ts';

/** A journal line's reference, as the relay puts it on the house bus. */
const Fact = z.object({
  'detail-type': z.literal('enrolment/end-trace'),
  detail: z.object({ holder: z.string() }),
});

export const handler = fromQueue(Fact, ({ detail }) => onEndTrace(detail.holder));
