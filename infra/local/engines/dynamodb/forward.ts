import { type Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { answer } from '../wire/answer.ts';

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly body: Buffer | undefined;
}

/** Hands one call to DynamoDB Local and its answer back, with `Date` in world time. */
export async function forward(
  { req, res, body }: Exchange,
  to: { readonly port: number; readonly agent: Agent; readonly now: () => number },
): Promise<void> {
  try {
    const { answered, head } = exchange(req, to);
    if (body === undefined) await pipeline(req, head);
    else head.end(body);
    const got = await answered;
    const { date: _realTime, connection: _hop, ...headers } = got.headers;
    res.writeHead(got.statusCode ?? 502, { ...headers, date: new Date(to.now()).toUTCString() });
    await pipeline(got, res);
  } catch {
    // Java is gone or was killed: the caller sees a 500, which the SDK tries again.
    const told = { __type: 'InternalServerError', message: 'DynamoDB Local does not answer' };
    if (res.headersSent) res.destroy();
    else answer(res, { status: 500, now: to.now(), body: JSON.stringify(told) });
  }
}

function exchange(req: IncomingMessage, { port, agent }: { port: number; agent: Agent }) {
  const { connection: _hop, 'transfer-encoding': _framing, ...headers } = req.headers;
  const head = request({
    host: '127.0.0.1',
    port,
    agent,
    method: req.method,
    path: req.url,
    headers,
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    head.once('response', resolve).once('error', reject);
  });
  // Awaited after the body is sent; until then a failure must not count as unhandled.
  answered.catch(() => undefined);
  return { answered, head };
}
