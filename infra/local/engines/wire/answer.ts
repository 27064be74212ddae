import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Sends an answer whole, with `Date` in world time (the SDK believes it when it signs). */
export function answer(
  res: ServerResponse,
  told: {
    readonly status: number;
    readonly now: number;
    readonly headers?: OutgoingHttpHeaders;
    readonly body?: string | Buffer;
  },
): void {
  if (res.headersSent || res.destroyed) return;
  const body = Buffer.from(told.body ?? '');
  res.writeHead(told.status, {
    date: new Date(told.now).toUTCString(),
    'content-length': body.length,
    'x-amzn-requestid': randomUUID(),
    ...told.headers,
  });
  res.end(body);
}
