import { setTimeout as wait } from 'node:timers/promises';
import type { Permission } from '#infra/local/door/rights.ts';
import type { SqsEngine } from '#infra/local/engines/engine.ts';
import type { Readers } from './readers.ts';
import type { Runtime } from './runtime.ts';

export interface IdleSettings {
  readonly runtime: Runtime;
  readonly readers: Readers;
  readonly sqs: SqsEngine;
  readonly now: () => number;
  readonly schedulesRunning: () => number;
  /** Permissions that the door missed since it was last asked to forget them. */
  readonly refused: () => readonly Permission[];
}

/** What the world still has to do; empty when idle. Messages hidden for longer than `soonMs` do not count. */
export function pendingWork(
  { runtime, readers, sqs, now, schedulesRunning }: IdleSettings,
  soonMs: number,
): string[] {
  const pending: string[] = [];
  for (const pool of runtime.pools)
    if (pool.busy() > 0) pending.push(`${pool.fn.id}: ${pool.busy()} running`);
  if (schedulesRunning() > 0) pending.push(`schedules: ${schedulesRunning()} running`);
  for (const [index, stream] of readers.streams.entries())
    if (!stream.caughtUp()) pending.push(`stream reader ${index + 1}: not at the end`);
  for (const [name, { visible }] of sqs.depth()) {
    const reader = readers.queues.get(name);
    if (reader !== undefined && (visible > 0 || reader.busy() > 0))
      pending.push(`${name}: ${visible} waiting, ${reader.busy()} batches in hand`);
  }
  const next = sqs.nextVisibleAt();
  if (next !== undefined && soonMs > 0 && next - now() <= soonMs)
    pending.push(`a message shows in ${Math.max(0, next - now())} ms`);
  return pending;
}

/** Whoever waits for rest in real time waits for what shows within this; whoever moves the clock need not. */
export const soonMs = 2000;
/** After a refusal at the door: readers try again for ever, and who waits wants to know why. */
const patienceAfterRefusalMs = 5000;

/** A world that does not come to rest, with what it was busy with. */
export class NotIdle extends Error {
  override readonly name = 'NotIdle';
}

/** Resolves when nothing is pending at two looks in a row (a stream may feed a bus, a bus a queue). */
export async function untilIdle(
  settings: IdleSettings,
  { patienceMs, soonMs }: { readonly patienceMs: number; readonly soonMs: number },
): Promise<void> {
  const begun = performance.now();
  let quiet = 0;
  let pauseMs = 0;
  for (;;) {
    for (const stream of settings.readers.streams) if (!stream.caughtUp()) stream.wake();
    const pending = pendingWork(settings, soonMs);
    quiet = pending.length === 0 ? quiet + 1 : 0;
    if (quiet === 2) return;
    const refused = settings.refused();
    const patience =
      refused.length === 0 ? patienceMs : Math.min(patienceMs, patienceAfterRefusalMs);
    if (performance.now() > begun + patience) {
      const missing = refused.map(
        (one) => `; the door refused ${one.permission} to ${one.function}`,
      );
      throw new NotIdle(
        `Not idle after ${patience / 1000} s: ${pending.join('; ')}${missing.join('')}`,
      );
    }
    await wait(pauseMs);
    pauseMs = Math.min(50, pauseMs + 2);
  }
}
