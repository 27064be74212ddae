import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  symlinkSync(process.execPath, join(path, 'node'));
});
afterEach(() => rmSync(path, { recursive: true }));

/** Runs a command of the project where the given programs are all there is. */
function bootstrap(...words: string[]) {
  return spawnSync(process.execPath, ['infra/local/bootstrap.mjs', ...words], {
    encoding: 'utf8',
    env: { PATH: path },
  });
}

const javaSaying = (version: string) =>
  writeFileSync(join(path, 'java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`, {
    mode: 0o755,
  });

test('without Java, one sentence says what to install', () => {
  const { status, stderr, stdout } = bootstrap('start');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Java is missing: install a Java 17 runtime or newer.*\n$/);
  expect(stdout).toBe('');
});

test('with a Java that is too old, one sentence says so', () => {
  javaSaying('11.0.2');
  const { status, stderr } = bootstrap('start');
  expect(status).toBe(1);
  expect(stderr).toBe('Java 11 is too old: install a Java 17 runtime or newer.\n');
});

test('a command that does not exist is told, with those that do', () => {
  const { status, stderr } = bootstrap('strat');
  expect(status).toBe(1);
  expect(stderr).toContain('Unknown command: strat. Known: start, test,');
});

test('a command that needs no engine does not ask for Java', () => {
  expect(bootstrap('clock', '--folder', path, '+1d').stderr).not.toContain('Java');
});
