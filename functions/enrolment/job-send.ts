import * as z from 'zod';
import { env } from '#shared/env.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { shardName } from '#shared/kernel/ids.ts';
import { gapOf, pacer, shares } from '#shared/mail/pace.ts';
import { newId } from '#shared/random.ts';
import { invitePk, letterPk } from './due.ts';
import { duePages } from './due-store.ts';
import { jobs } from './jobs.ts';
import { type SendingMessage, sendingShardsOf } from './messages.ts';
import { deferToLetter, sendInvitation } from './send-invitation.ts';
import { finishWork, releaseWork, takeWork } from './work-store.ts';

const { MAILS_PER_SECOND } = env({ MAILS_PER_SECOND: z.coerce.number().positive() });

/** Lanes a shard; with four shards a message, eight people are in hand at once. */
const lanesPerShard = 2;
const renewMs = 30_000;

const Due = z.object({ dueSk: z.string() });

export interface Job {
  readonly clock: () => number;
  readonly hasTime: () => boolean;
  /** What those who run the campaign want of the wave now; `undefined` where it is not to be sent. */
  readonly orders: (wave: string) => Promise<Orders | undefined>;
}

export interface Orders {
  /** Most mails a second of the whole wave. */
  readonly mailsPerSecond?: number | undefined;
  /** Among so many parts. */
  readonly parts: number;
}

export interface Sent {
  readonly answer: 'done' | 'more' | 'busy' | 'held';
  readonly counts: Readonly<Record<'invited' | 'deferred' | 'skipped', number>>;
}

/** How often a worker asks whether its wave is still to be sent, in real time: a pause holds within so much. */
const askEveryMs = 900;

const workers = jobs.sending.maxConcurrency;
/** Each worker's part of the mails that all waves may send a second. */
const stageGapMs = gapOf({ share: shares.waves, mailsPerSecond: MAILS_PER_SECOND, workers });

/** Time between two mails of one worker, so that neither the stage's pace nor the wave's own is passed. */
function gapFor({ mailsPerSecond, parts }: Orders): number {
  if (mailsPerSecond === undefined) return stageGapMs;
  const own = gapOf({ share: 1, mailsPerSecond, workers: Math.min(workers, parts) });
  return Math.max(stageGapMs, own);
}

/** Invites the people of some shards of a département for a wave, or leaves them to a letter. */
export async function sendShards(message: SendingMessage, job: Job): Promise<Sent> {
  const { clock, hasTime } = job;
  const { wave, department, quarter } = message;
  const counts = { invited: 0, deferred: 0, skipped: 0 };
  const work = { kind: 'SENDING', of: wave, part: `${department}#${quarter}` } as const;
  const token = newId();
  const orders = await job.orders(wave);
  if (!orders) return { answer: 'held', counts };
  if (!(await takeWork(work, token, clock()))) return { answer: 'busy', counts };
  let gapMs = gapFor(orders);
  let renewedAt = clock();
  let askedAt = performance.now();
  const run: { answer: Sent['answer'] } = { answer: 'done' };

  async function* due(pk: string): AsyncGenerator<string> {
    for await (const page of duePages(pk, Due))
      for (const { dueSk } of page) {
        if (!hasTime()) run.answer = 'more';
        if (run.answer !== 'done') return;
        yield dueSk;
      }
  }
  const renew = async () => {
    if (clock() - renewedAt < renewMs) return;
    renewedAt = clock();
    if (!(await takeWork(work, token, renewedAt))) run.answer = 'busy';
  };
  const obey = async () => {
    if (performance.now() - askedAt < askEveryMs) return;
    askedAt = performance.now();
    const now = await job.orders(wave);
    if (now) gapMs = gapFor(now);
    else run.answer = 'held';
  };
  const paced = pacer(
    () => gapMs,
    async () => {
      await obey();
      return run.answer !== 'held';
    },
  );
  const inShard = async (shard: number) => {
    const at = (holder: string, lane: number) => ({
      holder,
      wave,
      lane: `${shardName(shard)}#${lane}`,
      clock,
    });
    await inLanes(due(invitePk(department, shard)), lanesPerShard, async (holder, lane) => {
      await Promise.all([paced(), renew(), obey()]);
      if (run.answer === 'held') return;
      counts[await sendInvitation(at(holder, lane))]++;
    });
    await inLanes(due(letterPk(department, shard)), lanesPerShard, async (holder, lane) => {
      await Promise.all([renew(), obey()]);
      if (run.answer === 'held') return;
      counts[await deferToLetter(at(holder, lane))]++;
    });
  };
  const stop = (error: unknown) => {
    run.answer = 'more';
    throw error;
  };
  const shards = sendingShardsOf(quarter);
  const sent = await Promise.allSettled(shards.map((shard) => inShard(shard).catch(stop)));
  // Every shard has stopped by now: nobody writes after the work was given back and the failure told.
  const failed = sent.find((one) => one.status === 'rejected');
  if (failed) {
    await releaseWork(work, token, clock()).catch(() => false);
    throw failed.reason;
  }
  if (run.answer === 'done') await finishWork(work, token, clock());
  if (run.answer === 'more' || run.answer === 'held') await releaseWork(work, token, clock());
  return { answer: run.answer, counts };
}
