import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const Stored = z.object({ offsetMs: z.int(), ranUntil: z.int() });

/** World time: the machine's clock plus an offset that only grows, kept in the folder. */
export interface WorldClock {
  now(): number;
  /** Sets world time forward to an instant; one that has passed changes nothing. */
  moveTo(instant: number): void;
  /** The offset, shared with the workers. */
  readonly shared: SharedArrayBuffer;
  /** World time until which schedules were run, over restarts. */
  ranUntil(): number;
  /** Keeps that schedules were run until an instant. */
  ran(until: number): void;
}

/** The clock of a folder; a new one starts at `at`, else at the machine's now. */
export function createWorldClock(folder: string | undefined, at?: number): WorldClock {
  const file = folder === undefined ? undefined : join(folder, 'clock.json');
  const shared = new SharedArrayBuffer(8);
  const offset = new BigInt64Array(shared);
  const now = () => Date.now() + Number(Atomics.load(offset, 0));
  let ranUntil: number;
  if (file !== undefined && existsSync(file)) {
    const stored = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
    Atomics.store(offset, 0, BigInt(stored.offsetMs));
    ranUntil = stored.ranUntil;
  } else {
    if (at !== undefined) Atomics.store(offset, 0, BigInt(at - Date.now()));
    ranUntil = now();
  }
  const keep = () => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      `${file}.new`,
      JSON.stringify({ offsetMs: Number(Atomics.load(offset, 0)), ranUntil }),
    );
    renameSync(`${file}.new`, file);
  };
  keep();
  return {
    now,
    shared,
    moveTo(instant) {
      const ahead = Math.ceil(instant - now());
      if (ahead <= 0) return;
      Atomics.add(offset, 0, BigInt(ahead));
      keep();
    },
    ranUntil: () => ranUntil,
    ran(until) {
      ranUntil = Math.max(ranUntil, until);
      keep();
    },
  };
}

/** Milliseconds; a year is Julian, 365.25 days. */
const units: Readonly<Record<string, number>> = {
  ...{ s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, y: 31_557_600_000 },
};

/** Instant of a wish like `+10y`, `+42d`, `+90m`, `+30s`, `+6h`, `2022-03-21`, `2022-03-21T22:59:59Z`; undefined when it is none. */
export function instantOf(wish: string, now: number): number | undefined {
  const ahead = /^\+(\d+(?:\.\d+)?)(s|m|h|d|y)$/.exec(wish);
  if (ahead !== null) {
    const [, count, unit = 's'] = ahead;
    return now + Number(count) * (units[unit] ?? 1000);
  }
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(wish))
    return undefined;
  const instant = Date.parse(wish);
  return Number.isNaN(instant) ? undefined : instant;
}
