import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly token?: string;
  /** Sent as JSON; a text or bytes go as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Address to call from, 127.0.0.0/8: counts as another network. */
  readonly from?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** As they came: of what is no text. */
  readonly bytes: Uint8Array;
  /** Parsed when the answer is JSON, else the text. */
  readonly body: unknown;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One HTTP request, exactly as told: no redirects, no retries. */
export function ask(base: string, asked: Asked): Promise<Answered> {
  const { body, from } = asked;
  const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const bytes =
    body === undefined ? undefined : raw ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const headers = {
    ...(bytes === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': bytes.length }),
    ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
    ...asked.headers,
  };
  return new Promise((resolve, reject) => {
    const options = {
      method: asked.method ?? (bytes === undefined ? 'GET' : 'POST'),
      headers,
      path: asked.path,
    };
    const { hostname, port } = new URL(base);
    const local = from === undefined ? { agent } : { agent: false, localAddress: from };
    const sent = request({ hostname, port, ...local, ...options });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text,
          bytes,
          body: isJson ? parsed(text) : text,
        });
      });
    });
    sent.end(bytes);
  });
}

/** The JSON of a text; the text itself when a function called it JSON and it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
