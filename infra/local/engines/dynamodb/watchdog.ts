import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * Ends a process when this one ends, however that happens: a shell waits for the end of a pipe that
 * only this process holds open, then kills. Returns how to call it off. On Windows nothing is done:
 * there the next start on the folder stops what was left.
 */
export function endWithUs(pid: number): () => void {
  if (process.platform === 'win32') return () => undefined;
  const script = 'trap "" INT TERM HUP; read -r _; kill -9 "$1" 2>/dev/null';
  const watchdog = spawn('/bin/sh', ['-c', script, 'watchdog', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined);
  // It shall not keep this process alive.
  watchdog.unref();
  return () => void watchdog.kill('SIGKILL');
}
