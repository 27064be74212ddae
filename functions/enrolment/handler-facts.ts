import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { onBurnCode } from './on-burn-code.ts';
import { onRequestCode } from './on-request-code.ts';

/** A journal line's reference, as the relay puts it on the house bus. */
const Fact = z.object({
  'detail-type': z.enum(['enrolment/burn-code', 'enrolment/request-code']),
  detail: z.object({ holder: z.string(), seq: z.int() }),
});

export const handler = fromQueue(Fact, async ({ 'detail-type': action, detail }) => {
  const answer = action === 'enrolment/burn-code' ? onBurnCode : onRequestCode;
  await answer(detail, () => Date.now());
});
