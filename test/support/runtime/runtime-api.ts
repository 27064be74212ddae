import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { wholeAnswer } from '#infra/local/lambda/prelude.ts';

const FunctionError = z.looseObject({ errorType: z.string(), errorMessage: z.string() });

/** What came of an event, as Lambda tells it. */
export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: { readonly errorType: string; readonly errorMessage: string };
    };

interface Waiting {
  readonly id: string;
  readonly event: string;
  readonly settle: (outcome: Outcome) => void;
}

export interface RuntimeApi {
  /** `127.0.0.1:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  invoke(event: unknown): Promise<Outcome>;
  /** Ends with this outcome all that waits: the runtime is gone. */
  fail(errorMessage: string): void;
  close(): void;
}

/** Lambda's Runtime API for one environment: hands out one event at a time and takes its answer. */
export async function createRuntimeApi({
  functionArn,
  timeoutMs,
}: {
  functionArn: string;
  timeoutMs: number;
}): Promise<RuntimeApi> {
  const queue: Waiting[] = [];
  const running = new Map<string, Waiting>();
  let runtime: ServerResponse | undefined;
  let made = 0;
  let gone: Outcome | undefined;

  function handOut(): void {
    if (!runtime) return;
    const waiting = queue.shift();
    if (!waiting) return;
    running.set(waiting.id, waiting);
    const headers = {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': waiting.id,
      'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    };
    runtime.writeHead(200, headers).end(waiting.event);
    runtime = undefined;
  }

  function settle(id: string, outcome: Outcome): void {
    running.get(id)?.settle(outcome);
    running.delete(id);
  }

  function fail(errorMessage: string): void {
    const outcome = { ok: false, error: { errorType: 'Runtime.ExitError', errorMessage } } as const;
    gone = outcome;
    for (const waiting of [...running.values(), ...queue.splice(0)]) waiting.settle(outcome);
    running.clear();
  }

  const server = createServer(async (req, res) => {
    const [, , , kind = '', id = '', what = ''] = (req.url ?? '').split('/');
    if (req.method === 'GET' && id === 'next') {
      runtime = res;
      handOut();
      return;
    }
    const isStreamed = req.headers['lambda-runtime-function-response-mode'] === 'streaming';
    if (isStreamed) return settle(id, await streamedOutcome(req, res));
    const body: unknown = JSON.parse((await bytesOf(req)).toString() || 'null');
    res.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (kind === 'init') fail(FunctionError.parse(body).errorMessage);
    else if (what === 'response') settle(id, { ok: true, result: body });
    else settle(id, { ok: false, error: FunctionError.parse(body) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z
    .object({ port: z.number() })
    .parse(server.address() satisfies AddressInfo | string | null);

  return {
    address: `127.0.0.1:${port}`,
    invoke: (event) =>
      new Promise((resolve) => {
        if (gone) return resolve(gone);
        made += 1;
        queue.push({ id: `request-${made}`, event: JSON.stringify(event), settle: resolve });
        handOut();
      }),
    fail,
    close() {
      fail('closed');
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A streamed answer: whole, or broken off, which a trailer tells or the connection itself. */
async function streamedOutcome(req: IncomingMessage, res: ServerResponse): Promise<Outcome> {
  const broken = (errorType: string): Outcome => {
    return { ok: false, error: { errorType, errorMessage: 'the answer broke off' } };
  };
  try {
    const bytes = await bytesOf(req);
    res.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    const errorType = req.trailers['lambda-runtime-function-error-type'];
    return errorType ? broken(errorType) : { ok: true, result: wholeAnswer([bytes]) };
  } catch {
    return broken('Runtime.TruncatedResponse');
  }
}

async function bytesOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
