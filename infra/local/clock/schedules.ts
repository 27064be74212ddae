import type { Outcome } from '#infra/local/lambda/function.ts';
import type { Schedule } from '#infra/local/template/inventory.ts';
import { nextStart } from './cron.ts';
import type { WorldClock } from './world-clock.ts';

/** One start of a scheduled job. */
export interface Start {
  readonly at: number;
  readonly schedule: Schedule;
}

export interface ScheduleSettings {
  readonly schedules: readonly Schedule[];
  readonly clock: WorldClock;
  /** Runs the target on the event, with retries and dead letters as the schedule says. */
  readonly invoke: (schedule: Schedule, event: unknown) => Promise<Outcome>;
}

export interface Schedules {
  /** The first starts after an instant: all that share the earliest time. */
  next(after: number): readonly Start[];
  /** Runs one start; resolves when its function answered. */
  run(start: Start): Promise<Outcome>;
  /** Runs what becomes due in real time, until stopped; what was missed while the world was down runs once, at once. */
  follow(): void;
  /** To be called after the clock moved. */
  rearm(): void;
  /** What became due since schedules were last run, each schedule once. */
  missed(): readonly Start[];
  pause(): void;
  stop(): void;
  readonly running: () => number;
}

/** A start later than this was not missed by a busy machine but by a world that was down. */
const longLateMs = 60_000;

/** EventBridge Scheduler at home. */
export function createSchedules({ schedules, clock, invoke }: ScheduleSettings): Schedules {
  let timer: NodeJS.Timeout | undefined;
  let running = 0;
  let paused = true;

  function next(after: number): Start[] {
    const starts = schedules.flatMap((schedule) => {
      const at = nextStart(schedule.expression, schedule.zone, after);
      return at === undefined ? [] : [{ at, schedule }];
    });
    const earliest = Math.min(...starts.map(({ at }) => at));
    return starts.filter(({ at }) => at === earliest);
  }

  async function run({ at, schedule }: Start): Promise<Outcome> {
    running += 1;
    try {
      return await invoke(schedule, eventOf(schedule, at));
    } finally {
      running -= 1;
    }
  }

  function rearm(): void {
    clearTimeout(timer);
    if (paused) return;
    const starts = next(clock.ranUntil());
    const [first] = starts;
    if (first === undefined) return;
    const waitMs = Math.min(Math.max(0, first.at - clock.now()), 2_000_000_000);
    timer = setTimeout(() => {
      const late = clock.now() - first.at;
      if (late >= 0) for (const start of late > longLateMs ? missed() : starts) void run(start);
      if (late >= 0) clock.ran(late > longLateMs ? clock.now() : first.at);
      rearm();
    }, waitMs);
  }

  /** Every schedule that became due while the world was down, once: jobs are catch-up jobs. */
  function missed(): Start[] {
    return schedules.flatMap((schedule) => {
      const at = nextStart(schedule.expression, schedule.zone, clock.ranUntil());
      return at !== undefined && at <= clock.now() ? [{ at, schedule }] : [];
    });
  }

  return {
    next,
    run,
    rearm,
    missed,
    follow() {
      paused = false;
      rearm();
    },
    pause() {
      paused = true;
      clearTimeout(timer);
    },
    stop() {
      paused = true;
      clearTimeout(timer);
    },
    running: () => running,
  };
}

function eventOf(schedule: Schedule, at: number): unknown {
  const scheduled = new Date(at).toISOString().replace('.000Z', 'Z');
  const text = schedule.input
    .replaceAll('<aws.scheduler.scheduled-time>', scheduled)
    .replaceAll('<aws.scheduler.execution-id>', `${schedule.name}-${at}`)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
  if (text.includes('<aws.scheduler.'))
    throw new Error(`Schedule ${schedule.name}: unknown placeholder in ${text}`);
  return JSON.parse(text);
}
