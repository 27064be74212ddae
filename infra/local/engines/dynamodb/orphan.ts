import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * After kill -9 of the world Java lives on, holds the database and its port. Stops it before a new
 * one starts: only when the process of the pid file still runs on this very folder, since pids are
 * used again.
 */
export async function stopOrphan(pidFile: string, dataFolder: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').trim());
  if (Number.isInteger(pid) && pid > 1 && runsOn(pid, dataFolder)) {
    process.kill(pid, 'SIGKILL');
    for (let tries = 0; tries < 200 && runsOn(pid, dataFolder); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  rmSync(pidFile, { force: true });
}

/** Whether this process is a DynamoDB Local whose command line names the folder. */
export function runsOn(pid: number, dataFolder: string): boolean {
  const line = commandLine(pid);
  return line.includes('DynamoDBLocal.jar') && `${line.trim()} `.includes(`-dbPath ${dataFolder} `);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    }
    if (process.platform === 'win32') {
      const query = `(Get-CimInstance Win32_Process -Filter ProcessId=${pid}).CommandLine`;
      return execFileSync('powershell', ['-NoProfile', '-Command', query], { encoding: 'utf8' });
    }
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
