import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { TestWorldInfo } from '#test/support/world.ts';

export const IntakeMemoryPlan = z.object({ info: TestWorldInfo, lines: z.array(z.int()) });

export const MemoryOfImport = z.object({
  lines: z.int(),
  fileMib: z.number(),
  /** The most that was left after a collection, looked at twenty times a second. */
  liveMib: z.number(),
  /** The most that the process held, garbage and its own code included. */
  residentMib: z.number(),
});
export type MemoryOfImport = z.infer<typeof MemoryOfImport>;

/** Memory while files of so many lines are imported, one after the other, in a new process. */
export function measureIntakeMemory(plan: z.infer<typeof IntakeMemoryPlan>): MemoryOfImport[] {
  const script = fileURLToPath(new URL('intake-memory-run.ts', import.meta.url));
  const given = ['--expose-gc', '--disable-warning=ExperimentalWarning', script];
  const done = spawnSync(process.execPath, [...given, JSON.stringify(plan)], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`memory of an import: ${done.stderr}`);
  return z.array(MemoryOfImport).parse(JSON.parse(done.stdout));
}
