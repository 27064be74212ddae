// One execution environment. Runs before the bundle is loaded, so that the bundle never sees the
// machine's clock; it imports nothing of the project but types, the clock's patch and what Lambda's runtime provides.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  FunctionError,
  StreamOrder,
  WorkerOrder,
  WorkerReport,
  WorkerStart,
} from './function.ts';
import { createStreamOut, isStreaming, provideStreaming, type StreamOut } from './stream-out.ts';
import { patchDate } from './world-date.ts';

const start: WorkerStart = workerData;
const port = parentPort;
if (port === null) throw new Error('worker.ts is started by the world as a worker thread');
const report = (told: WorkerReport) => port.postMessage(told);

patchDate(new BigInt64Array(start.clock));
provideStreaming();
const bundle: Record<string, unknown> = await import(pathToFileURL(start.file).href);
const handler = handlerOf(bundle[start.exported]);
const streams = isStreaming(bundle[start.exported]);
let streaming: (StreamOut & { readonly requestId: string }) | undefined;

port.on('message', (order: WorkerOrder | StreamOrder) => {
  if (!('about' in order)) return void answer(order);
  if (order.requestId !== streaming?.requestId) return;
  if (order.about === 'took') streaming.took();
  else streaming.out.destroy(new Error('nobody listens any more'));
});
report({ kind: 'ready' });

async function answer({ requestId, event, body, timeoutMs }: WorkerOrder): Promise<void> {
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
    const asked: unknown = JSON.parse(event);
    if (body.length > 0)
      Object.assign(Object(asked), { body: Buffer.from(body.buffer).toString() });
    const result = streams
      ? await stream(requestId, asked, context)
      : await handler(asked, context);
    report({ kind: 'done', requestId, result: JSON.stringify(result ?? null) });
  } catch (cause) {
    report({ kind: 'failed', requestId, error: errorOf(cause) });
  }
}

/** As Lambda does: the answer is what was written, and it must have come to its end. */
async function stream(requestId: string, event: unknown, context: unknown): Promise<null> {
  const made = createStreamOut((bytes) =>
    port?.postMessage({ kind: 'piece', requestId, bytes } satisfies WorkerReport, [bytes.buffer]),
  );
  streaming = { ...made, requestId };
  try {
    await handler(event, made.out, context);
    if (!made.out.writableFinished) throw new Error('Response stream is not finished.');
    return null;
  } finally {
    made.out.destroy();
    streaming = undefined;
  }
}

function handlerOf(exported: unknown): (...given: readonly unknown[]) => unknown {
  if (typeof exported !== 'function') throw new Error(`${start.file} exports no ${start.exported}`);
  return (...given) => Reflect.apply(exported, undefined, given);
}

function errorOf(cause: unknown): FunctionError {
  if (!(cause instanceof Error))
    return { errorType: typeof cause, errorMessage: String(cause), trace: [] };
  const trace = (cause.stack ?? '').split('\n');
  return { errorType: cause.name, errorMessage: cause.message, trace };
}
