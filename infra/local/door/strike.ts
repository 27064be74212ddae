import { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerError, conflicting, throttled } from './aws-error.ts';
import type { Call } from './call.ts';
import type { Fault } from './faults.ts';

export interface Victim {
  readonly call: Call;
  readonly res: ServerResponse;
  /** Applies the call and answers to the given response. */
  readonly serve: (res: ServerResponse) => Promise<void>;
  readonly now: () => number;
  /** Ends the worker that called. */
  readonly kill: () => void;
}

/** Lets a fault happen to a call. */
export async function strike(fault: Fault, { call, res, serve, now, kill }: Victim): Promise<void> {
  switch (fault.kind) {
    case 'throttle':
      return answerError(res, call.service, throttled(call.service), now());
    case 'conflict': {
      const items = call.input?.TransactItems;
      return answerError(
        res,
        call.service,
        conflicting(call.operation, Array.isArray(items) ? items.length : 0),
        now(),
      );
    }
    case 'reset':
      res.destroy();
      return;
    case 'delay':
      await wait(fault.delayMs);
      return serve(res);
    case 'lost-ack':
      await serve(mute(res));
      res.destroy();
      return;
    case 'cut':
      return serve(cutShort(res, fault.afterBytes));
    case 'kill':
      if (fault.when === 'after') await serve(mute(res));
      kill();
      res.destroy();
      return;
  }
}

/** A response whose connection breaks behind so many bytes of the body. */
function cutShort(res: ServerResponse, bytes: number): ServerResponse {
  const [write, end] = [res.write.bind(res), res.end.bind(res)];
  let left = bytes;
  res.write = ((chunk: Buffer, ...rest: []) => {
    left -= chunk.length;
    if (left >= 0) return write(chunk, ...rest);
    write(chunk.subarray(0, left), () => res.destroy());
    return false;
  }) as ServerResponse['write'];
  res.end = ((chunk?: Buffer) => {
    if (chunk instanceof Buffer) res.write(chunk);
    return left < 0 ? res : end();
  }) as ServerResponse['end'];
  return res;
}

/** A response that takes an answer and sends nothing of it. */
function mute(res: ServerResponse): ServerResponse {
  const muted = new ServerResponse(res.req);
  muted.write = (() => true) as ServerResponse['write'];
  muted.end = function end(this: ServerResponse) {
    this.emit('finish');
    return this;
  } as ServerResponse['end'];
  return muted;
}
