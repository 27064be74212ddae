import type { IncomingMessage } from 'node:http';

export interface Asked {
  readonly query: URLSearchParams;
  /** JSON body, undefined when empty. */
  readonly body: unknown;
  /** What stands in place of `*` in the path. */
  readonly rest: string;
}

/** Answers JSON, or HTML when it returns a page. */
export type ConsoleAct = (asked: Asked) => unknown;
export type ConsoleRoutes = Readonly<Record<string, ConsoleAct>>;

export class Page {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** A request that cannot be answered, with its status. */
export class ConsoleRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The act behind `METHOD /path`; a path ending in `*` takes the rest. */
export function findAct(
  routes: ConsoleRoutes,
  method: string,
  path: string,
): { act: ConsoleAct; rest: string } | undefined {
  const exact = routes[`${method} ${path}`];
  if (exact !== undefined) return { act: exact, rest: '' };
  for (const [key, act] of Object.entries(routes)) {
    const prefix = key.endsWith('*') ? key.slice(0, -1) : undefined;
    if (prefix !== undefined && `${method} ${path}`.startsWith(prefix)) {
      return { act, rest: decodeURIComponent(`${method} ${path}`.slice(prefix.length)) };
    }
  }
  return undefined;
}

export async function jsonBody(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}
