import { cancellation, mayPass } from '#shared/aws/faults.ts';
import { type Actions, transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { pause } from '#shared/pause.ts';

/** Two actions a person; a transaction takes a hundred. */
const peoplePerTransaction = 50;
const actionsPerPerson = 2;
const transactionsInFlight = 4;

export interface Counts {
  done: number;
  /** Changed meanwhile: nothing is to be done of them. */
  skipped: number;
  /** Contested to the end: the next run takes them. */
  left: number;
}

/** What is done of people whom the due index shows, each by his hint, without having read him. */
export interface Doing<H> {
  readonly pages: AsyncIterable<readonly H[]>;
  /** The state and the journal line of one person, conditional on what the hint says. */
  readonly actionsFor: (hint: H, now: number) => Actions;
  /** The hint of a person as he stands by now; undefined where nothing is to be done of him. */
  readonly readAnew: (hint: H, now: number) => Promise<H | undefined>;
  /** Read anew for each transaction. */
  readonly clock: () => number;
  /** Asked before each transaction; false stops with what is done. */
  readonly goesOn: () => boolean;
  /** Done before each transaction: keeps the lease. */
  readonly renew: () => Promise<void>;
}

/**
 * Does something of all whom pages show, in transactions of many. Safe beside whatever else changes them, beside itself
 * and after a crash, as long as each person's actions are conditional on his hint. Transactions are filled across
 * pages: few people are due in each shard on most nights.
 */
export async function actOnDue<H>(doing: Doing<H>): Promise<Counts> {
  const { pages, clock, goesOn, renew } = doing;
  const sum: Counts = { done: 0, skipped: 0, left: 0 };
  async function* chunks(): AsyncGenerator<H[]> {
    const waiting: H[] = [];
    for await (const page of pages) {
      waiting.push(...page);
      while (waiting.length >= peoplePerTransaction) {
        if (!goesOn()) return;
        yield waiting.splice(0, peoplePerTransaction);
      }
    }
    if (waiting.length > 0 && goesOn()) yield waiting;
  }
  await inLanes(chunks(), transactionsInFlight, async (hints) => {
    await renew();
    await actOnAll(doing, hints, { now: clock(), sum });
  });
  return sum;
}

/** Drops the guilty of a cancelled transaction and tries the rest: twice together, then one by one. */
async function actOnAll<H>(
  doing: Doing<H>,
  hints: readonly H[],
  { now, sum }: { readonly now: number; readonly sum: Counts },
): Promise<void> {
  let rest = hints;
  const guilty: H[] = [];
  for (let round = 0; rest.length > 0 && round < 3; round++) {
    if (round > 0) await pause(round);
    const failed = await attempt(doing, rest, now);
    if (!failed) {
      sum.done += rest.length;
      rest = [];
      break;
    }
    guilty.push(...failed.guilty);
    rest = failed.rest;
  }
  for (const hint of [...rest, ...guilty]) sum[await actAfresh(doing, hint, now)]++;
}

async function attempt<H>({ actionsFor }: Doing<H>, hints: readonly H[], now: number) {
  try {
    await transact(hints.flatMap((hint) => actionsFor(hint, now)));
    return undefined;
  } catch (error) {
    const reasons = cancellation(error);
    if (!reasons) throw error;
    const guilty = hints.filter((_, at) =>
      reasons
        .slice(actionsPerPerson * at, actionsPerPerson * (at + 1))
        .includes('ConditionalCheckFailed'),
    );
    if (guilty.length === 0 && !reasons.some(mayPass)) throw error;
    return { guilty, rest: hints.filter((hint) => !guilty.includes(hint)) };
  }
}

/** The slow path, for whom the index showed something old: reads the person himself. */
async function actAfresh<H>(doing: Doing<H>, hint: H, now: number): Promise<keyof Counts> {
  for (let round = 0; round < 3; round++) {
    if (round > 0) await pause(round);
    const fresh = await doing.readAnew(hint, now);
    if (fresh === undefined) return 'skipped';
    if (!(await attempt(doing, [fresh], now))) return 'done';
  }
  return 'left';
}
