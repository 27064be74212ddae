import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { StageFunction } from '#infra/local/lambda/function.ts';
import { createPool, type Pool } from '#infra/local/lambda/pool.ts';

const root = mkdtempSync(join(tmpdir(), 'mes-pool-'));
const clock = new SharedArrayBuffer(8);
const offset = new BigInt64Array(clock);
let pool: Pool | undefined;
afterEach(async () => {
  await pool?.close();
  Atomics.store(offset, 0, 0n);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
function folderWith(code: string): string {
  made += 1;
  const folder = join(root, String(made));
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), code);
  return folder;
}

function poolOf(code: string, given: Partial<StageFunction> = {}): Pool {
  const fn: StageFunction = {
    ...{
      id: 'room-api',
      name: 'fn',
      arn: 'arn:fn',
      roleArn: 'r',
      handler: 'index.handler',
      environment: {},
    },
    ...{
      timeoutSeconds: 5,
      memoryMb: 128,
      reservedConcurrency: undefined,
      deadLetterArn: undefined,
    },
    folder: folderWith(code),
    ...given,
  };
  pool = createPool(fn, { clock, log: () => undefined, variables: (of) => of.environment });
  return pool;
}

describe('a function', () => {
  test.each([100, 100_000])(
    'finds a body of %i bytes that came beside its event in it',
    async (size) => {
      const told = poolOf('export const handler = async ({ a, body }) => [a, body]');
      const body = Buffer.from('é'.repeat(size / 2));
      expect(await told.invoke({ a: 1, body: null }, { body })).toEqual({
        ok: true,
        result: [1, 'é'.repeat(size / 2)],
      });
    },
  );

  test('sees world time, also when the clock moves while it lives; given dates are untouched', async () => {
    const told = poolOf(
      `const first = Date.now(); export const handler = async () => [new Date().getTime() - first, new Date(5).getTime(), new Date() instanceof Date, typeof Date()]`,
    );
    await told.invoke({});
    Atomics.store(offset, 0, 86_400_000n);
    const { result } = (await told.invoke({})) as { result: [number, number, boolean, string] };
    expect(result[0]).toBeGreaterThanOrEqual(86_400_000);
    expect(result.slice(1)).toEqual([5, true, 'string']);
  });

  test('has its own variables and its worker’s token, and nothing of ours', async () => {
    const told = poolOf(`export const handler = async () => Object.keys(process.env).sort()`, {
      environment: { TABLE: 'x' },
    });
    expect(await told.invoke({})).toEqual({ ok: true, result: ['AWS_SESSION_TOKEN', 'TABLE'] });
  });

  test('that loops for ever is ended at its time-out, and the next event gets a new worker', async () => {
    const told = poolOf(`export const handler = async (e) => { while (e.loop); return 'fine' }`, {
      timeoutSeconds: 0.3,
    });
    expect(await told.invoke({ loop: true })).toMatchObject({
      ok: false,
      timedOut: true,
      error: { errorType: 'Sandbox.Timedout' },
    });
    expect(await told.invoke({})).toEqual({ ok: true, result: 'fine' });
    expect(told.coldStarts()).toHaveLength(2);
  });

  test('that throws tells type and message, as Lambda does, and its worker goes on', async () => {
    const told = poolOf(`export const handler = async () => { throw new RangeError('too far') }`);
    const outcome = await told.invoke({});
    expect(outcome).toMatchObject({
      ok: false,
      timedOut: false,
      error: { errorType: 'RangeError', errorMessage: 'too far' },
    });
    await told.invoke({});
    expect(told.coldStarts()).toHaveLength(1);
  });

  test('whose bundle does not load fails every event with the reason', async () => {
    const told = poolOf(`throw new Error('no table named')`);
    expect(await told.invoke({})).toMatchObject({
      ok: false,
      error: { errorMessage: 'no table named' },
    });
    expect(await told.invoke({})).toMatchObject({ ok: false });
  });

  test('serves one event at a time in each environment, and no more than its reserved concurrency', async () => {
    const told = poolOf(
      `let running = 0; export const handler = async () => { running += 1; await new Promise((r) => setTimeout(r, 20)); const seen = running; running -= 1; return seen }`,
      { reservedConcurrency: 2 },
    );
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => told.invoke({})));
    expect(outcomes).toEqual(Array(5).fill({ ok: true, result: 1 }));
    expect(told.coldStarts()).toHaveLength(2);
  });

  test('gets its deadline, and new code after a reload', async () => {
    const told = poolOf(`export const handler = async (e, c) => c.getRemainingTimeInMillis()`);
    const { result } = (await told.invoke({})) as { result: number };
    expect(result).toBeGreaterThan(3000);
    expect(result).toBeLessThanOrEqual(5000);
    told.reload(folderWith(`export const handler = async () => 'new'`));
    expect(await told.invoke({})).toEqual({ ok: true, result: 'new' });
  });

  test('killed in the middle fails that event alone', async () => {
    const told = poolOf(
      `export const handler = async (e) => (e.hang ? new Promise(() => setInterval(() => 0, 1000)) : 'fine')`,
    );
    const hanging = told.invoke({ hang: true });
    await expect.poll(() => told.coldStarts().length).toBe(1);
    told.kill(undefined);
    expect(await hanging).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    expect(await told.invoke({})).toEqual({ ok: true, result: 'fine' });
  });
});
