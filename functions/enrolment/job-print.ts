import { randomBytes } from 'node:crypto';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { genesis } from '#shared/journal/line.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { idOf } from '#shared/kernel/ids.ts';
import { newId } from '#shared/random.ts';
import { campaignOf } from './campaign-now.ts';
import { fillBatch, type Job } from './fill-batch.ts';
import { batchWrite, loadBatch, loadOrder, orderWrite } from './letter-store.ts';
import { releaseBatch } from './release-batch.ts';
import type { LetterBatch, PrintOrder } from './stored-letters.ts';
import { isAnyInvitation, isAnyWish } from './wish-store.ts';
import { releaseWork, takeWork } from './work-store.ts';

const renewMs = 30_000;

/** What a run answers: all printed, more to do by another message, or in somebody else's hands. */
export type Printed = 'done' | 'more' | 'busy';

/**
 * Prints what is ordered for a département, batch by batch, from wherever an earlier run stopped (ENR-1). While a wave
 * of it is paused, also in the midst of a run, only letters that were asked for; whom a stopped wave left is freed.
 */
export async function printLetters(
  department: string,
  { clock, hasTime }: Pick<Job, 'clock' | 'hasTime'>,
): Promise<Printed> {
  const work = { kind: 'LETTERS', of: department, part: 'all' } as const;
  const token = newId();
  if (!(await takeWork(work, token, clock()))) return 'busy';
  let renewedAt = clock();
  let isOurs = true;
  const renew = async () => {
    if (isOurs && clock() - renewedAt >= renewMs) {
      renewedAt = clock();
      isOurs = await takeWork(work, token, renewedAt);
    }
    return isOurs;
  };
  const { mayInvite, isStopped } = campaignOf(department);
  try {
    while (hasTime() && (await renew())) {
      if (
        await untilUnrivalled(() =>
          step(department, { clock, hasTime, renew, mayInvite, isStopped }),
        )
      )
        return 'done';
    }
    return isOurs ? 'more' : 'busy';
  } finally {
    if (isOurs) await releaseWork(work, token, clock()).catch(() => false);
  }
}

/** One step of a département's printing, decided by what stands there; true when nothing is left. */
async function step(department: string, given: Job): Promise<boolean> {
  const order = await loadOrder(department);
  if (order?.state !== 'running') return true;
  const job = order.wishesOnly ? { ...given, mayInvite: async () => false } : given;
  if (order.batch === undefined) return begin(order, job);
  const batch = await loadBatch(order.batch);
  if (!batch) throw new Error('an order for a batch that is not there');
  if (batch.state === 'filling') {
    if ((await fillBatch(batch, job)) === 'filled')
      await transact([
        batchWrite({ ...batch, state: 'sealed', version: batch.version + 1 }, batch.version),
      ]);
  } else if (batch.state === 'sealed') await releaseBatch(batch, order, job.clock());
  return false;
}

/** Begins a batch where somebody is due, as far as the index knows; else the order is done. */
async function begin(order: PrintOrder, job: Job): Promise<boolean> {
  const { department } = order;
  const version = order.version + 1;
  const now = job.clock();
  const isDue =
    (await isAnyWish(department)) ||
    ((await job.mayInvite()) && (await isAnyInvitation(department)));
  if (!isDue) {
    await transact([orderWrite({ ...order, state: 'done', version }, order.version)]);
    return true;
  }
  const day = parisDay(now).replaceAll('-', '');
  const batch: LetterBatch = {
    batch: `${day}-${department}-${idOf(randomBytes(16)).slice(0, 10)}`,
    ...{ department, state: 'filling', begunAt: new Date(now).toISOString(), version: 0 },
    ...{ headSeq: genesis.seq, headHash: genesis.hash },
  };
  await transact([
    orderWrite({ ...order, batch: batch.batch, version }, order.version),
    batchWrite(batch, undefined),
  ]);
  return false;
}
