import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { operator, place } from './operator.ts';

export { operator, place };

/** What a client of the SDK takes. One attempt: a test sees each answer. */
export const clientOf = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-3',
  credentials: operator,
  maxAttempts: 1,
});

/** World time that a test moves by hand, starting in the waves of 2022. */
export function movableClock(start = '2022-02-07T09:00:00Z') {
  let at = Date.parse(start);
  return {
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Name of the error that a call fails with; 'none' when it succeeds. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}
