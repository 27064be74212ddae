import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { onBeginDeletion } from './on-begin-deletion.ts';
import { settleDmp } from './settle-dmp.ts';
import { subscribers } from './subscribers.ts';

const { deletions, openings, dmps } = subscribers;

/** A journal line's reference, as the relay puts it on the house bus. */
const detail = z.object({ holder: z.string(), seq: z.int() });
const Fact = z.union([
  z.object({ 'detail-type': z.literal(deletions.actions), detail }),
  z.object({ 'detail-type': z.enum([...openings.actions, ...dmps.actions]), detail }),
]);

const clock = () => Date.now();

export const handler = fromQueue(Fact, ({ 'detail-type': action, detail: { holder, seq } }) =>
  action === 'enrolment/begin-deletion'
    ? onBeginDeletion({ holder, begunSeq: seq }, clock)
    : settleDmp(holder, clock),
);
