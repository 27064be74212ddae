import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { gapOf, pacer, shares } from '#shared/mail/pace.ts';
import { onBounce } from './on-bounce.ts';
import { onDeletion } from './on-deletion.ts';
import { onFact } from './on-fact.ts';
import { subscribers } from './subscribers.ts';

const { MAILS_PER_SECOND: mailsPerSecond } = env({
  MAILS_PER_SECOND: z.coerce.number().positive(),
});

/** A journal line's reference, as the relay puts it on the house bus. */
const Fact = z.object({
  'detail-type': z.enum([...subscribers.openings.actions, ...subscribers.facts.actions]),
  detail: z.object({ holder: z.string(), lane: z.int(), seq: z.int() }),
});

const Deletion = z.object({
  'detail-type': z.enum(subscribers.deletions.actions),
  detail: z.object({ holder: z.string(), seq: z.int() }),
});

/** The tags of a mail that came back. */
const Bounce = z.object({ notice: z.tuple([z.string()]) });

const pace = (name: 'openings' | 'facts', share: number) =>
  pacer(() => gapOf({ share, mailsPerSecond, workers: subscribers[name].maxConcurrency }));

const paceOfOpenings = pace('openings', shares.openings);
const paceOfFacts = pace('facts', shares.notices);

export const handler = fromQueue(z.union([Fact, Deletion, Bounce]), async (message) => {
  if ('notice' in message) return onBounce(message.notice[0], Date.now());
  if (!('lane' in message.detail)) return onDeletion(message.detail, () => Date.now());
  const paced = message['detail-type'] === 'enrolment/open' ? paceOfOpenings : paceOfFacts;
  await onFact(message.detail, { clock: () => Date.now(), paced });
});
