import { randomUUID } from 'node:crypto';
import { type Environment, InvocationFailed, startEnvironment } from './environment.ts';
import type { Beside, Outcome, Sink, StageFunction } from './function.ts';
import { wholeAnswer } from './prelude.ts';

export interface PoolSettings {
  /** Variables of a new environment, the template's and those that Lambda itself sets. */
  readonly variables: (fn: StageFunction) => Readonly<Record<string, string>>;
  readonly clock: SharedArrayBuffer;
  readonly log: (functionId: string, line: Buffer) => void;
}

/** The environments of one function. */
export interface Pool {
  readonly fn: StageFunction;
  /** Runs the function on an event; waits for a free environment when all are busy. Never rejects. */
  invoke(event: unknown, beside?: Beside): Promise<Outcome>;
  /** The next so many invocations are told that they have only this time left (ms), as after long work. */
  shorten(remainingMs: number, times: number): void;
  /** Ends one environment by its token, or all. */
  kill(token: string | undefined): void;
  /** New environments from now on take the code of this folder; busy ones finish first. */
  reload(folder: string): void;
  /** Most environments at once. */
  readonly most: number;
  readonly busy: () => number;
  readonly coldStarts: () => readonly number[];
  close(): Promise<void>;
}

/** More would only fight for the machine; a function's own reserved concurrency may be lower. */
const mostEnvironments = 8;

export function createPool(given: StageFunction, settings: PoolSettings): Pool {
  let fn = given;
  let generation = 0;
  let made = 0;
  let size = 0;
  let running = 0;
  let closed = false;
  const short = { remainingMs: 0, times: 0 };
  const most = Math.max(1, Math.min(mostEnvironments, fn.reservedConcurrency ?? mostEnvironments));
  const idle: { environment: Environment; generation: number }[] = [];
  const all = new Map<string, Environment>();
  const waiting: (() => void)[] = [];
  const coldStarts: number[] = [];

  async function take(): Promise<{ environment: Environment; generation: number }> {
    for (;;) {
      const free = idle.pop();
      if (free?.environment.alive() && free.generation === generation) return free;
      if (free !== undefined) drop(free.environment);
      else if (size < most) return start();
      else await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function start() {
    size += 1;
    made += 1;
    const token = `${fn.id}.${made}`;
    const own = generation;
    try {
      const environment = await startEnvironment({
        fn,
        token,
        variables: settings.variables(fn),
        clock: settings.clock,
        log: (line) => settings.log(fn.id, line),
      });
      all.set(token, environment);
      coldStarts.push(environment.coldStartMs);
      return { environment, generation: own };
    } catch (cause) {
      size -= 1;
      // Who waits for a free environment tries to start one itself.
      waiting.shift()?.();
      throw cause;
    }
  }

  function drop(environment: Environment): void {
    all.delete(environment.token);
    size -= 1;
    environment.end().catch(() => undefined);
  }

  function giveBack(taken: { environment: Environment; generation: number }): void {
    if (closed || !taken.environment.alive() || taken.generation !== generation)
      drop(taken.environment);
    else idle.push(taken);
    waiting.shift()?.();
  }

  async function invoke(event: unknown, beside: Beside = {}): Promise<Outcome> {
    running += 1;
    try {
      const taken = await take();
      try {
        return await runIn(taken.environment, event, beside);
      } finally {
        giveBack(taken);
      }
    } catch (cause) {
      return { ok: false, error: told(cause), timedOut: false };
    } finally {
      running -= 1;
    }
  }

  async function runIn(
    environment: Environment,
    event: unknown,
    { body = nothing, sink }: Beside,
  ): Promise<Outcome> {
    const whole = collector();
    const requestId = randomUUID();
    const timeoutMs = short.times > 0 ? short.remainingMs : fn.timeoutSeconds * 1000;
    if (short.times > 0) short.times -= 1;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      environment.end().catch(() => undefined);
    }, timeoutMs);
    try {
      const order = { requestId, event: JSON.stringify(event), body: ofItsOwn(body), timeoutMs };
      const text = await environment.run(order, sink ?? whole);
      const streamed = whole.pieces.length > 0;
      const result: unknown = streamed ? wholeAnswer(whole.pieces) : JSON.parse(text);
      return { ok: true, result };
    } catch (cause) {
      if (!timedOut) return { ok: false, error: told(cause), timedOut };
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
      return { ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage }, timedOut };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get fn() {
      return fn;
    },
    invoke,
    shorten(remainingMs, times) {
      Object.assign(short, { remainingMs, times });
    },
    kill(token) {
      for (const [name, environment] of all) {
        if (token === undefined || name === token) environment.end().catch(() => undefined);
      }
    },
    reload(folder) {
      fn = { ...fn, folder };
      generation += 1;
      for (const { environment } of idle.splice(0)) drop(environment);
    },
    most,
    busy: () => running,
    coldStarts: () => coldStarts,
    async close() {
      closed = true;
      await Promise.all([...all.values()].map((environment) => environment.end()));
    },
  };
}

const nothing = new Uint8Array();

/** Bytes that can be handed to another thread: those of a shared piece of memory are copied. */
function ofItsOwn(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const whole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return whole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

/** Takes a streamed answer whole, for callers who wait for all of it. */
function collector(): Sink & { readonly pieces: Uint8Array[] } {
  const pieces: Uint8Array[] = [];
  return {
    pieces,
    gone: new AbortController().signal,
    async take(piece) {
      pieces.push(piece);
    },
  };
}

function told(cause: unknown) {
  if (cause instanceof InvocationFailed) return cause.told;
  return { errorType: 'Runtime.Unknown', errorMessage: String(cause) };
}
