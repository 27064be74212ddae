import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import process from 'node:process';
import { expect, test } from 'vitest';

/** Runs `npm start`'s own program with options that cannot work. */
function start(...options: string[]) {
  const run = ['--disable-warning=ExperimentalWarning', 'infra/local/run.ts', ...options];
  const { status, stderr } = spawnSync(process.execPath, run, {
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, lines: stderr.trim().split('\n') };
}

test.each([
  [
    ['--at', '2022-01-31'],
    'The clock of a world only goes forward: --at needs --fresh (or --memory).',
  ],
  [['--at', 'soon', '--fresh'], '--at soon is no date like 2022-01-31.'],
  [['--port', 'x'], '--port x is no port.'],
  [
    ['--folder', '/dev/null/x'],
    'The folder /dev/null/x cannot be written to: choose another with --folder.',
  ],
])('%j ends with one sentence and no stack', (options, sentence) => {
  expect(start(...options)).toEqual({ status: 1, lines: [sentence] });
});

test('a port that is taken is told by its number', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const told = start('--memory', '--port', String(port));
  server.close();
  const sentence = `Port ${port} (gateway) is taken: stop what uses it, or choose others with --port N.`;
  expect(told).toEqual({ status: 1, lines: [sentence] });
});
