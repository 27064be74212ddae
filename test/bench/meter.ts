import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { OwnWorld } from '#test/support/world.ts';
import { callsOf } from './place.ts';
import { median } from './rounds.ts';

/** Linux counts processor time in hundredths of a second. */
const tickMs = 10;

/** Processor time of this process, the world and its database so far (ms); NaN where the system does not tell. */
function processorMs({ info }: OwnWorld): number {
  const ofOne = (pid: number): number => {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13);
    return tickMs * (Number(user) + Number(system));
  };
  try {
    return [process.pid, info.pids.world, info.pids.database].reduce(
      (ms, pid) => ms + ofOne(pid),
      0,
    );
  } catch {
    return Number.NaN;
  }
}

/** Measures what one side does: its time, its processor time and its function's calls. */
export function meterFor(world: OwnWorld, functionId: string) {
  const calls: Record<string, Record<string, number>> = {};
  const processor = new Map<string, number[]>();
  return {
    /** Of the last round of each side. */
    calls,
    /** Median of a side, in milliseconds a person. */
    processor: (name: string): number => median(processor.get(name) ?? []),
    /** Milliseconds a person. */
    async timed(name: string, people: number, act: () => Promise<void>): Promise<number> {
      await world.clearCounts();
      const [begin, used] = [performance.now(), processorMs(world)];
      await act();
      const time = performance.now() - begin;
      const spent = (processorMs(world) - used) / people;
      processor.set(name, [...(processor.get(name) ?? []), spent]);
      calls[name] = await callsOf(world, functionId);
      return time / people;
    },
  };
}
