import type { SqsEngine } from '#infra/local/engines/engine.ts';
import type { Schedules, Start } from './schedules.ts';
import type { WorldClock } from './world-clock.ts';

export interface Ran {
  /** ISO instant at which it was due. */
  readonly at: string;
  readonly job: string;
  readonly failed?: string;
}

export interface MoveSettings {
  readonly clock: WorldClock;
  readonly schedules: Schedules;
  readonly sqs: SqsEngine;
  /**
   * Resolves when streams, queues, buses and functions have nothing left to do, messages included that show
   * in a moment; `atOnce` leaves those out.
   */
  readonly idle: (atOnce?: 'atOnce') => Promise<void>;
  /** Removes what expired. */
  readonly reap: () => Promise<void>;
}

const togetherMs = 1000;

type Clockwork = Pick<MoveSettings, 'schedules'>;

/** Runs starts one after the other; tells how each ended. */
async function runAll(starts: readonly Start[], { schedules }: Clockwork): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const start of starts) {
    const outcome = await schedules.run(start);
    const failed = outcome.ok
      ? {}
      : { failed: `${outcome.error.errorType}: ${outcome.error.errorMessage}` };
    ran.push({ at: new Date(start.at).toISOString(), job: start.schedule.name, ...failed });
  }
  return ran;
}

/**
 * Sets world time to an instant as if the world had been down until then: what became due meanwhile runs once, as
 * jobs that catch up do. Years pass so in a moment.
 */
export async function leapClock(
  to: number,
  { clock, schedules, sqs, idle, reap }: MoveSettings,
): Promise<Ran[]> {
  schedules.pause();
  try {
    await idle();
    clock.moveTo(to);
    const missed = schedules.missed();
    clock.ran(to);
    sqs.wake();
    await idle('atOnce');
    const ran = await runAll(missed, { schedules });
    sqs.wake();
    await reap();
    await idle();
    return ran;
  } finally {
    schedules.follow();
  }
}

/**
 * Moves world time forward to an instant, from due time to due time: at each, the clock is set, due
 * jobs run and messages whose delay or time of hiding ended are handled, until all is idle.
 * Real time runs on between, so the end is never before the instant asked for. An instant that has
 * passed moves nothing.
 */
export async function moveClock(
  to: number,
  { clock, schedules, sqs, idle, reap }: MoveSettings,
): Promise<Ran[]> {
  const ran: Ran[] = [];
  schedules.pause();
  try {
    await idle();
    for (;;) {
      const starts = schedules.next(clock.ranUntil());
      const startAt = starts[0]?.at ?? Number.POSITIVE_INFINITY;
      const messageAt = sqs.nextVisibleAt() ?? Number.POSITIVE_INFINITY;
      const due = Math.min(startAt, messageAt);
      if (due > to) break;
      // Messages of one second are handled together: one by one, a night's would take minutes.
      clock.moveTo(Math.max(due, Math.min(messageAt + togetherMs, startAt, to)));
      if (startAt <= due) {
        clock.ran(startAt);
        ran.push(...(await runAll(starts, { schedules })));
      }
      sqs.wake();
      // The next turn moves on to what shows later: nobody waits for it in real time.
      await idle('atOnce');
    }
    clock.moveTo(to);
    clock.ran(to);
    sqs.wake();
    await reap();
    await idle();
    return ran;
  } finally {
    schedules.follow();
  }
}
