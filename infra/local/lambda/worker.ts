// One execution environment. Runs before the bundle is loaded, so that the bundle never sees the
// machine's clock; it imports nothing of the project but types and the clock's patch.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { FunctionError, WorkerOrder, WorkerReport, WorkerStart } from './function.ts';
import { patchDate } from './world-date.ts';

const start: WorkerStart = workerData;
const port = parentPort;
if (port === null) throw new Error('worker.ts is started by the world as a worker thread');
const report = (told: WorkerReport) => port.postMessage(told);

patchDate(new BigInt64Array(start.clock));
const bundle: Record<string, unknown> = await import(pathToFileURL(start.file).href);
const handler = handlerOf(bundle[start.exported]);

port.on('message', (order: WorkerOrder) => void answer(order));
report({ kind: 'ready' });

async function answer({ requestId, event, timeoutMs }: WorkerOrder): Promise<void> {
  const until = performance.now() + timeoutMs;
  const context = {
    awsRequestId: requestId,
    functionName: start.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: start.functionArn,
    memoryLimitInMB: String(start.memoryMb),
    logGroupName: `/aws/lambda/${start.functionName}`,
    logStreamName: 'home',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(until - performance.now())),
  };
  try {
    const result: unknown = await handler(JSON.parse(event), context);
    report({ kind: 'done', requestId, result: JSON.stringify(result ?? null) });
  } catch (cause) {
    report({ kind: 'failed', requestId, error: errorOf(cause) });
  }
}

function handlerOf(exported: unknown): (event: unknown, context: unknown) => unknown {
  if (typeof exported !== 'function') throw new Error(`${start.file} exports no ${start.exported}`);
  return (event, context) => Reflect.apply(exported, undefined, [event, context]);
}

function errorOf(cause: unknown): FunctionError {
  if (!(cause instanceof Error))
    return { errorType: typeof cause, errorMessage: String(cause), trace: [] };
  const trace = (cause.stack ?? '').split('\n');
  return { errorType: cause.name, errorMessage: cause.message, trace };
}
