import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { onBounce } from './on-bounce.ts';
import { onBurnCode } from './on-burn-code.ts';
import { onDmp } from './on-dmp.ts';
import { onRequestCode } from './on-request-code.ts';
import { onUnreached } from './on-unreached.ts';

/** A journal line's reference, as the relay puts it on the house bus. */
const Fact = z.object({
  'detail-type': z.enum(['enrolment/burn-code', 'enrolment/request-code']),
  detail: z.object({ holder: z.string(), seq: z.int() }),
});

/** The same of other rooms' lines, which stand in another lane. */
const LaneFact = z.object({
  'detail-type': z.enum(['documents/take-in-dmp', 'documents/archive-dmp', 'notices/tell-holder']),
  detail: z.object({ holder: z.string(), lane: z.int(), seq: z.int() }),
});

/** The tags of a mail that came back or was declared unwanted, or of a text message that reached nobody. */
const Bounce = z.object({ invitation: z.union([z.tuple([z.string()]), z.string()]) });

export const handler = fromQueue(z.union([Fact, LaneFact, Bounce]), async (message) => {
  if ('invitation' in message) {
    const { invitation: told } = message;
    return typeof told === 'string'
      ? onBounce(told, Date.now(), 'sms')
      : onBounce(told[0], Date.now());
  }
  if ('lane' in message.detail) {
    const onLine = message['detail-type'] === 'notices/tell-holder' ? onUnreached : onDmp;
    return onLine(message.detail, Date.now());
  }
  const { 'detail-type': action, detail } = message;
  const answer = action === 'enrolment/burn-code' ? onBurnCode : onRequestCode;
  await answer(detail, () => Date.now());
});
