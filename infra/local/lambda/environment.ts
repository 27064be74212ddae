import { Worker } from 'node:worker_threads';
import type {
  FunctionError,
  Sink,
  StageFunction,
  StreamOrder,
  WorkerReport,
  WorkerStart,
} from './function.ts';

export interface Order {
  readonly requestId: string;
  readonly event: string;
  readonly timeoutMs: number;
}

/** One worker thread in the role of Lambda's execution environment: one event at a time. */
export interface Environment {
  /** Its session token: by it the door knows which worker calls. */
  readonly token: string;
  readonly coldStartMs: number;
  run(order: Order, sink: Sink): Promise<string>;
  /** Ends it now; what runs in it fails with `Runtime.ExitError`. */
  end(): Promise<void>;
  readonly alive: () => boolean;
}

/** An invocation that failed, as Lambda tells it. */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';
  readonly told: FunctionError;

  constructor(told: FunctionError) {
    super(`${told.errorType}: ${told.errorMessage}`);
    this.told = told;
  }
}

export interface EnvironmentSettings {
  readonly fn: StageFunction;
  readonly token: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly clock: SharedArrayBuffer;
  readonly log: (line: Buffer) => void;
}

/** Starts a worker and loads the bundle; rejects with the error of a bundle that does not load. */
export async function startEnvironment({
  fn,
  token,
  variables,
  clock,
  log,
}: EnvironmentSettings): Promise<Environment> {
  const begun = performance.now();
  const [file = 'index', exported = 'handler'] = fn.handler.split('.');
  const start: WorkerStart = {
    file: `${fn.folder}/${file}.mjs`,
    exported,
    functionName: fn.name,
    functionArn: fn.arn,
    memoryMb: fn.memoryMb,
    clock,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: start,
    env: { ...variables, AWS_SESSION_TOKEN: token },
    resourceLimits: { maxOldGenerationSizeMb: fn.memoryMb },
    stdout: true,
    stderr: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  worker.stdout.on('data', log);
  worker.stderr.on('data', log);
  let alive = true;
  let failed: FunctionError = { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited' };
  let settle: ((report: WorkerReport | undefined) => void) | undefined;
  const next = () => new Promise<WorkerReport | undefined>((resolve) => (settle = resolve));
  let pieces: ((piece: Uint8Array) => void) | undefined;
  worker.on('message', (report: WorkerReport) =>
    report.kind === 'piece' ? pieces?.(report.bytes) : settle?.(report),
  );
  worker.on('error', (cause: Error) => {
    failed = {
      errorType: cause.name,
      errorMessage: cause.message,
      trace: (cause.stack ?? '').split('\n'),
    };
  });
  worker.once('exit', () => {
    alive = false;
    settle?.(undefined);
  });
  const ready = await next();
  if (ready === undefined) throw new InvocationFailed(failed);
  return {
    token,
    coldStartMs: performance.now() - begun,
    alive: () => alive,
    async run(order, sink) {
      const answered = next();
      const { requestId } = order;
      const tell = (about: StreamOrder['about']) =>
        worker.postMessage({ about, requestId } satisfies StreamOrder);
      const gone = () => tell('gone');
      pieces = (piece) => void sink.take(piece).then(() => tell('took'), gone);
      sink.gone.addEventListener('abort', gone);
      worker.postMessage(order);
      const report = alive ? await answered : undefined;
      sink.gone.removeEventListener('abort', gone);
      if (report?.kind === 'done') return report.result;
      throw new InvocationFailed(report?.kind === 'failed' ? report.error : failed);
    },
    async end() {
      alive = false;
      await worker.terminate();
    },
  };
}
