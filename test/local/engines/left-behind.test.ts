import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { scratchFolder } from '#infra/local/engines/scratch.ts';

const script = fileURLToPath(new URL('./in-memory.ts', import.meta.url));
const Started = z.object({ pid: z.int(), scratch: z.string() });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a world in memory that is killed takes Java along, and its files are swept by the next', async () => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.pipe(process.stderr);
  const [line] = await once(child.stdout, 'data');
  const { pid, scratch } = Started.parse(JSON.parse(String(line)));
  expect([isAlive(pid), existsSync(scratch)]).toEqual([true, true]);
  child.kill('SIGKILL');
  await once(child, 'close');
  await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
  const mine = scratchFolder();
  expect([existsSync(scratch), existsSync(mine)]).toEqual([false, true]);
  rmSync(mine, { recursive: true });
});
