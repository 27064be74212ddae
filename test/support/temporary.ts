import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const base = mkdtempSync(path.join(tmpdir(), 'mes-test-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A new folder outside the project, gone when the tests of the file have run. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(path.join(base, `${name}-`));
}
