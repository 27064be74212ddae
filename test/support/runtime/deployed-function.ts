import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createRuntimeApi, type Outcome } from './runtime-api.ts';

const client = createRequire(import.meta.url).resolve('aws-lambda-ric');
const preload = new URL('./preload.ts', import.meta.url).href;

export interface DeployedFunctionProps {
  readonly id: string;
  /** Folder of the asset as it would be uploaded. */
  readonly asset: string;
  /** All that the function finds in its environment; nothing of ours is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

export interface DeployedFunction {
  invoke(event: unknown): Promise<Outcome>;
  /** What it wrote to its log so far. */
  readonly log: () => string;
  close(): void;
}

/**
 * Runs an asset as Lambda does: alone in an otherwise empty folder outside the project, under AWS's own
 * runtime client, with nothing but its own environment.
 */
export async function deployFunction({
  id,
  asset,
  environment,
  timeoutSeconds = 20,
}: DeployedFunctionProps): Promise<DeployedFunction> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), `mes-${id}-`)));
  cpSync(asset, root, { recursive: true });
  const functionArn = `arn:aws:lambda:eu-west-3:000000000000:function:${id}`;
  const api = await createRuntimeApi({ functionArn, timeoutMs: timeoutSeconds * 1000 });
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', preload, client],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        TZ: ':UTC',
        LANG: 'en_US.UTF-8',
        AWS_REGION: 'eu-west-3',
        AWS_DEFAULT_REGION: 'eu-west-3',
        AWS_LAMBDA_FUNCTION_NAME: id,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${id}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'test',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        ...environment,
        AWS_LAMBDA_RUNTIME_API: api.address,
        LAMBDA_TASK_ROOT: root,
        _HANDLER: 'index.handler',
      },
    },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.once('exit', (code) => api.fail(`the runtime ended with ${code}: ${log.slice(-2000)}`));
  return {
    invoke: (event) => api.invoke(event),
    log: () => log,
    close() {
      child.kill('SIGKILL');
      api.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
