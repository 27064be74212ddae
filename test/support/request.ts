import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

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
  readonly bytes: Buffer;
  /** The bytes as UTF-8, when they are asked for. */
  readonly text: string;
  /** Parsed when the answer is JSON, else the text. */
  readonly body: unknown;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * One HTTP request, exactly as told: no redirects, no retries. Only a reading that met a kept connection just as the
 * other side ended it, which was never heard, is said again.
 */
export function ask(base: string, asked: Asked): Promise<Answered> {
  const { body, from } = asked;
  const bytes = body === undefined ? undefined : bytesOf(body);
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
    sent.once('error', (error: NodeJS.ErrnoException) => {
      const wasClosed = sent.reusedSocket && error.code === 'ECONNRESET';
      if (wasClosed && options.method === 'GET') ask(base, asked).then(resolve, reject);
      else reject(error);
    });
    sent.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        resolve(answered(answer, Buffer.concat(chunks)));
      });
    });
    sent.end(bytes);
  });
}

const bytesOf = (body: unknown): Buffer => {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

function answered({ statusCode = 0, headers }: IncomingMessage, bytes: Buffer): Answered {
  const text = () => bytes.toString();
  const isJson = /json/.test(headers['content-type'] ?? '');
  return {
    ...{ status: statusCode, headers, bytes },
    get text() {
      return text();
    },
    get body() {
      return isJson ? parsed(text()) : text();
    },
  };
}

/** The JSON of a text; the text itself when a function called it JSON and it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
