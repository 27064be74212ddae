import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** How often each size is measured: rounds of so many documents. */
export const SealingPlan = z.object({
  sizes: z.array(z.object({ mib: z.number(), rounds: z.int(), times: z.int() })),
  memoryMib: z.int(),
});
export type SealingPlan = z.infer<typeof SealingPlan>;

const times = z.array(z.number()).readonly();
export const SealingTimes = z.object({
  sizes: z.array(
    z.object({ mib: z.number(), times: z.object({ bare: times, ours: times, again: times }) }),
  ),
  smallItemMs: z.number(),
  memoryMib: z.number(),
});
export type SealingTimes = z.infer<typeof SealingTimes>;

/** Times of sealing and opening (ms), measured in a new process. */
export function measureSealing(plan: SealingPlan): SealingTimes {
  const script = fileURLToPath(new URL('sealing-run.ts', import.meta.url));
  const given = ['--expose-gc', '--disable-warning=ExperimentalWarning', script];
  const done = spawnSync(process.execPath, [...given, JSON.stringify(plan)], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`sealing: ${done.stderr}`);
  return SealingTimes.parse(JSON.parse(done.stdout));
}
