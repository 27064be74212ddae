import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const named = /^mes-scratch-(\d+)-/;

/**
 * A folder for what lives in memory but needs files. Its name tells the process, so that what a
 * killed one left is swept away by the next that asks.
 */
export function scratchFolder(): string {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(named.exec(name)?.[1] ?? process.pid);
    if (owner !== process.pid && !isAlive(owner))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtempSync(join(tmpdir(), `mes-scratch-${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
