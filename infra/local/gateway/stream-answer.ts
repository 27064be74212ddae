import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Sink } from '#infra/local/lambda/function.ts';
import { preludeReader } from '#infra/local/lambda/prelude.ts';
import { ProxyAnswer } from './answers.ts';

/** Most that a function may stream in one answer (bytes). Not the 6 MiB of a whole one. */
const largestStream = 200 * 1024 * 1024;
const PreludeOfHttp = ProxyAnswer.pick({
  statusCode: true,
  headers: true,
  multiValueHeaders: true,
});

export interface StreamAnswer {
  readonly sink: Sink;
  /** Nobody listens any more. */
  stop(): void;
}

/** Passes a function's stream on to a client: status and headers from its prelude, then each piece as fast as it is read. */
export function streamAnswer(
  res: ServerResponse,
  { note, now }: { note: (status: number) => void; now: () => number },
): StreamAnswer {
  const left = new AbortController();
  const read = preludeReader();
  let size = 0;
  let begun = false;
  res.once('close', () => left.abort());

  function begin(piece: Uint8Array): Uint8Array | undefined {
    const prelude = read(piece);
    if (prelude === undefined) return undefined;
    const { statusCode, headers, multiValueHeaders } = PreludeOfHttp.parse(prelude.told);
    begun = true;
    note(statusCode);
    res.writeHead(statusCode, {
      'content-type': 'application/json',
      ...lowered(headers),
      ...lowered(multiValueHeaders),
      date: new Date(now()).toUTCString(),
    });
    return prelude.rest;
  }

  const sink: Sink = {
    gone: left.signal,
    async take(piece) {
      left.signal.throwIfAborted();
      size += piece.length;
      if (size > largestStream) throw new Error('the stream is longer than Lambda allows');
      const bytes = begun ? piece : begin(piece);
      if (bytes === undefined || bytes.length === 0) return;
      if (!res.write(bytes)) await once(res, 'drain', { signal: left.signal });
    },
  };
  return { sink, stop: () => left.abort() };
}

function lowered<T>(headers: Readonly<Record<string, T>> | null | undefined): Record<string, T> {
  const pairs = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(pairs);
}
