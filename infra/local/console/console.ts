import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import * as z from 'zod';
import { ConsoleRefusal, type ConsoleRoutes, findAct, jsonBody, Page } from './routes.ts';

/**
 * The console: pages for people and JSON for tests and commands. Only requests to its own address
 * are answered, so that no web site can reach it through a browser.
 */
export function createConsole(routes: ConsoleRoutes, now: () => number): RequestListener {
  return (req, res) => {
    serve(req, routes).then(
      (answer) => send(res, { status: 200, answer, now: now() }),
      (cause: unknown) => {
        const status =
          cause instanceof ConsoleRefusal
            ? cause.status
            : cause instanceof z.ZodError || cause instanceof SyntaxError
              ? 400
              : 500;
        const error =
          cause instanceof z.ZodError
            ? z.prettifyError(cause)
            : cause instanceof Error
              ? cause.message
              : String(cause);
        send(res, { status, answer: { error }, now: now() });
      },
    );
  };
}

async function serve(req: IncomingMessage, routes: ConsoleRoutes): Promise<unknown> {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(req.headers.host ?? '')) {
    throw new ConsoleRefusal(421, 'The console answers at 127.0.0.1 only');
  }
  const method = req.method ?? 'GET';
  if (method !== 'GET' && req.headers['sec-fetch-site'] === 'cross-site')
    throw new ConsoleRefusal(403, 'Not from another site');
  const url = new URL(req.url ?? '/', 'http://console.invalid');
  const found = findAct(routes, method, url.pathname);
  if (found === undefined) throw new ConsoleRefusal(404, `Unknown: ${method} ${url.pathname}`);
  return found.act({ query: url.searchParams, body: await jsonBody(req), rest: found.rest });
}

function send(
  res: ServerResponse,
  { status, answer, now }: { status: number; answer: unknown; now: number },
): void {
  const page = answer instanceof Page ? answer.html : undefined;
  const body = Buffer.from(page ?? `${JSON.stringify(answer ?? null, null, 1)}\n`);
  res.writeHead(status, {
    'content-type':
      page === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
    'x-content-type-options': 'nosniff',
    date: new Date(now).toUTCString(),
  });
  res.end(body);
}
