// The worker's side of a streamed answer, as Lambda's runtime for Node gives it to a handler.
import { Writable } from 'node:stream';

/** Mark that `awslambda.streamifyResponse` leaves on a handler. */
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
const preludes = new WeakMap<Writable, object>();

/** Puts `awslambda` beside the bundle. Status and headers go out with the first write, eight zero bytes behind them. */
export function provideStreaming(): void {
  const awslambda = {
    streamifyResponse(handler: object) {
      Reflect.set(handler, streaming, 'response');
      return handler;
    },
    HttpResponseStream: {
      from(out: Writable, prelude: object) {
        preludes.set(out, prelude);
        return out;
      },
    },
  };
  Object.assign(globalThis, { awslambda });
}

/** Whether a handler answers with a stream. */
export function isStreaming(handler: unknown): boolean {
  return typeof handler === 'function' && Reflect.get(handler, streaming) === 'response';
}

/** The stream that a handler writes to. */
export interface StreamOut {
  readonly out: Writable;
  /** The piece in hand was taken on: the next may come. */
  took(): void;
}

/** Passes each piece on and waits until it was taken, so that a slow reader slows the handler. */
export function createStreamOut(pass: (piece: Uint8Array<ArrayBuffer>) => void): StreamOut {
  let settle: (() => void) | undefined;
  const out: Writable = new Writable({
    highWaterMark: 64 * 1024,
    write(chunk: Buffer, _encoding, done) {
      settle = done;
      const prelude = preludes.get(out);
      preludes.delete(out);
      const head = prelude ? [Buffer.from(JSON.stringify(prelude)), Buffer.alloc(8)] : [];
      // A copy of its own: only a whole buffer can be handed to another thread.
      pass(new Uint8Array(prelude ? Buffer.concat([...head, chunk]) : chunk));
    },
  });
  // Whoever broke it off was told by the handler's own end.
  out.on('error', () => undefined);
  return { out, took: () => settle?.() };
}
