import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { expect, test } from 'vitest';
import * as z from 'zod';

/**
 * A few histories of `npm run model`, in a world of their own; the whole of it takes a quarter of an hour. Waited for
 * without holding up this process, whose connections to the shared world would die meanwhile.
 */
async function model(
  options: string,
  ...args: string[]
): Promise<{ status: number | null; said: string }> {
  const asked = [...options.split(' '), ...args];
  const command = ['--disable-warning=ExperimentalWarning', 'test/model/run.ts', ...asked];
  const child = spawn(process.execPath, command, { timeout: 580_000 });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const [status] = await once(child, 'close');
  return { status: z.int().nullable().parse(status), said };
}

/** A busy machine may take long: what hangs still ends. */
const longest = 600_000;

test(
  'ENR-2, ENR-40 to ENR-44: random histories are what the model says',
  async () => {
    const { status, said } = await model('--people 60 --cohort 20 --longest 30 --seed 20261128');
    expect(said).toContain('60 people');
    expect(status, said).toBe(0);
  },
  longest,
);

test(
  'ENR-2, ENR-40 to ENR-44: so they are over HTTP, by the clock, mails and letters, and all counts agree',
  async () => {
    const { status, said } = await model('--http --people 8 --rounds 3 --seed 20261128');
    expect(said).toContain('8 people');
    expect(said).toContain('no difference');
    expect(status, said).toBe(0);
  },
  longest,
);

test(
  'a planted bug is found',
  async () => {
    const bug = 'the deadline of an invitation is a day short';
    const { status, said } = await model('--people 60 --cohort 12 --seed 7 --bug', bug);
    expect(said).toMatch(/^found/m);
    expect(status).toBe(0);
  },
  longest,
);

test(
  'MIN-2, MIN-5: random histories of parents and their child are what the model says',
  async () => {
    const { status, said } = await model('--families --people 16 --cohort 8 --longest 20 --seed 9');
    expect(said).toContain('16 people');
    expect(status, said).toBe(0);
  },
  longest,
);

test(
  'a planted bug in the records of children is found',
  async () => {
    const bug = 'of two guardians one closes alone';
    const { status, said } = await model('--families --people 64 --cohort 8 --seed 7 --bug', bug);
    expect(said).toMatch(/^found/m);
    expect(status).toBe(0);
  },
  longest,
);
