import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { gapOf, pacer, shares, textShare } from '#shared/mail/pace.ts';
import { onBounce } from './on-bounce.ts';
import { onDeletion } from './on-deletion.ts';
import { onFact } from './on-fact.ts';
import { settleLetters } from './settle-letters.ts';
import { subscribers } from './subscribers.ts';

const { MAILS_PER_SECOND: mailsPerSecond, TEXTS_PER_SECOND: textsPerSecond } = env({
  MAILS_PER_SECOND: z.coerce.number().positive(),
  TEXTS_PER_SECOND: z.coerce.number().positive(),
});

/** A journal line's reference, as the relay puts it on the house bus. */
const Fact = z.object({
  'detail-type': z.enum([...subscribers.openings.actions, ...subscribers.facts.actions]),
  detail: z.object({ holder: z.string(), lane: z.int(), seq: z.int() }),
});

/** What the print shop told of a batch; its subject is `letters:<name>`. */
const Shop = z.object({
  'detail-type': z.enum(['notices/post-letters', 'notices/return-letters']),
  detail: z.object({ holder: z.string().startsWith('letters:') }),
});

const Deletion = z.object({
  'detail-type': z.enum(subscribers.deletions.actions),
  detail: z.object({ holder: z.string(), seq: z.int() }),
});

/** The tags of a mail that came back, or of a text message that reached nobody. */
const Bounce = z.object({ notice: z.union([z.tuple([z.string()]), z.string()]) });

const pace = (name: 'openings' | 'facts', share: number) =>
  pacer(() => gapOf({ share, mailsPerSecond, workers: subscribers[name].maxConcurrency }));

const paceOfOpenings = pace('openings', shares.openings);
const paceOfFacts = pace('facts', shares.notices);

/** A few workers share what the service takes; the rest is for codes that somebody waits for. */
const textsPaced = pacer(() =>
  gapOf({
    share: textShare,
    mailsPerSecond: textsPerSecond,
    workers: subscribers.openings.maxConcurrency + subscribers.facts.maxConcurrency,
  }),
);

export const handler = fromQueue(z.union([Shop, Fact, Deletion, Bounce]), async (message) => {
  if ('notice' in message) {
    const { notice } = message;
    return onBounce(typeof notice === 'string' ? notice : notice[0], Date.now());
  }
  if (!('seq' in message.detail))
    return settleLetters(message.detail.holder.slice('letters:'.length), () => Date.now());
  if (!('lane' in message.detail)) return onDeletion(message.detail, () => Date.now());
  const isOfMany = subscribers.openings.actions.some((one) => one === message['detail-type']);
  const paced = isOfMany ? paceOfOpenings : paceOfFacts;
  await onFact(message.detail, { clock: () => Date.now(), paced, textsPaced });
});
