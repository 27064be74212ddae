import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';

/** A few histories of `npm run model`, in a world of their own; the whole of it takes a quarter of an hour. */
function model(...args: string[]) {
  const command = ['--disable-warning=ExperimentalWarning', 'test/model/run.ts', ...args];
  const { status, stdout } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    timeout: 580_000,
  });
  return { status, said: stdout };
}

/** A busy machine may take long: what hangs still ends. */
const longest = 600_000;

test(
  'ENR-2, ENR-40 to ENR-44: random histories are what the model says',
  () => {
    const { status, said } = model(
      '--people',
      '60',
      '--cohort',
      '20',
      '--longest',
      '30',
      '--seed',
      '20261128',
    );
    expect(said).toContain('60 people');
    expect(status, said).toBe(0);
  },
  longest,
);

test(
  'ENR-2, ENR-40 to ENR-44: so they are over HTTP, by the clock, mails and letters, and all counts agree',
  () => {
    const { status, said } = model(
      '--http',
      '--people',
      '12',
      '--rounds',
      '4',
      '--seed',
      '20261128',
    );
    expect(said).toContain('12 people');
    expect(said).toContain('no difference');
    expect(status, said).toBe(0);
  },
  longest,
);

test(
  'a planted bug is found',
  () => {
    const bug = ['--bug', 'the deadline of an invitation is a day short'];
    const { status, said } = model(...bug, '--people', '60', '--cohort', '12', '--seed', '7');
    expect(said).toMatch(/^found/m);
    expect(status).toBe(0);
  },
  longest,
);

test(
  'MIN-2, MIN-5: random histories of parents and their child are what the model says',
  () => {
    const { status, said } = model(
      '--families',
      '--people',
      '16',
      '--cohort',
      '8',
      '--longest',
      '20',
      '--seed',
      '9',
    );
    expect(said).toContain('16 people');
    expect(status, said).toBe(0);
  },
  longest,
);

test(
  'a planted bug in the records of children is found',
  () => {
    const bug = ['--families', '--bug', 'of two guardians one closes alone'];
    const { status, said } = model(...bug, '--people', '64', '--cohort', '8', '--seed', '7');
    expect(said).toMatch(/^found/m);
    expect(status).toBe(0);
  },
  longest,
);
