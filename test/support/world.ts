import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { type Asked, ask } from './request.ts';

const Credentials = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/** What a world says of itself, as tests need it. */
export const TestWorldInfo = z.object({
  gateway: z.url(),
  console: z.url(),
  issuer: z.url(),
  door: z.url(),
  region: z.string(),
  operator: Credentials,
  resources: z.record(z.string(), z.string()),
  conditions: z.string(),
  functions: z.array(
    Credentials.extend({ id: z.string(), environment: z.record(z.string(), z.string()) }),
  ),
  pids: z.object({ world: z.int(), database: z.int() }),
});
export type TestWorldInfo = z.infer<typeof TestWorldInfo>;

const Mail = z.object({
  id: z.number(),
  at: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});
export type TestMail = z.infer<typeof Mail>;

const Text = z.object({ id: z.number(), at: z.string(), to: z.string(), text: z.string() });
export type TestText = z.infer<typeof Text>;

const Moved = z.object({
  now: z.iso.datetime(),
  ran: z.array(z.object({ at: z.string(), job: z.string(), failed: z.string().optional() })),
});
const Count = z.object({
  function: z.string(),
  action: z.string(),
  calls: z.number(),
  writeUnits: z.number(),
  readUnits: z.number(),
});
const Used = z.object({ function: z.string(), permission: z.string(), tests: z.array(z.string()) });
const Planted = z.looseObject({
  id: z.number(),
  kind: z.string(),
  seen: z.number(),
  fired: z.number(),
});
const Invoked = z.object({
  result: z.unknown().optional(),
  error: z.object({ errorType: z.string(), errorMessage: z.string() }).loose().optional(),
});

/** A fault as `POST /faults` takes it. */
export interface WishedFault {
  readonly caller?: string;
  readonly action?: string;
  readonly kind: 'throttle' | 'conflict' | 'reset' | 'lost-ack' | 'delay' | 'kill' | 'cut';
  readonly nth?: number;
  readonly times?: number;
  readonly delayMs?: number;
  readonly afterBytes?: number;
  readonly when?: 'before' | 'after';
  readonly if?: { readonly contains: string };
}

/** Talks to a world that runs, wherever it was started. */
export function attachWorld(info: TestWorldInfo) {
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await ask(info.console, {
      method,
      path,
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  return {
    info,
    /** Any call of the console's control API. */
    control,
    /** A call of the API through the gateway; `from` is the caller's address (127.0.0.x). */
    request: (asked: Asked) => ask(info.gateway, asked),
    /** Settings of an SDK client with the operator's rights, or a function's. */
    aws(functionId?: string) {
      const found = info.functions.find((one) => one.id === functionId);
      if (functionId !== undefined && found === undefined)
        throw new Error(`No function ${functionId}`);
      const { accessKeyId, secretAccessKey } = found ?? info.operator;
      return {
        endpoint: info.door,
        region: info.region,
        credentials: { accessKeyId, secretAccessKey },
      };
    },
    physical(name: string): string {
      const value = info.resources[name];
      if (value === undefined) throw new Error(`The world has no ${name}`);
      return value;
    },
    now: async () => z.object({ now: z.iso.datetime() }).parse(await control('GET', '/clock')).now,
    /** Moves the clock (`+42d` or an ISO instant); tells which jobs ran on the way. */
    leap: async (to: string) => Moved.parse(await control('POST', '/clock', { to, leap: true })),
    move: async (to: string) => Moved.parse(await control('POST', '/clock', { to })),
    idle: () => control('POST', '/idle'),
    async mails(wanted: { to?: string; after?: number } = {}): Promise<TestMail[]> {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(wanted)) query.set(name, String(value));
      return z.array(Mail).parse(await control('GET', `/mail.json?${query}`));
    },
    async texts(wanted: { to?: string; after?: number } = {}): Promise<TestText[]> {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(wanted)) query.set(name, String(value));
      return z.array(Text).parse(await control('GET', `/sms.json?${query}`));
    },
    async token(person: string, wish: Readonly<Record<string, string>> = {}): Promise<string> {
      const query = new URLSearchParams({ person, ...wish });
      const answer = await ask(info.issuer, { method: 'GET', path: `/token?${query}` });
      if (answer.status !== 200) throw new Error(`No token for ${person}: ${answer.text}`);
      return answer.text;
    },
    plant: (fault: WishedFault) => control('POST', '/faults', fault),
    faults: async () => z.array(Planted).parse(await control('GET', '/faults')),
    clearFaults: () => control('DELETE', '/faults'),
    counts: async () => z.array(Count).parse(await control('GET', '/counts')),
    /** Whether the units of transactions are weighed exactly (slower) or estimated from what was sent. */
    weigh: (exactly: boolean) => control('POST', '/counts', { exactly }),
    clearCounts: () => control('DELETE', '/counts'),
    exercised: async () => z.array(Used).parse(await control('GET', '/exercised')),
    answers: async () =>
      z
        .array(z.object({ route: z.string(), statuses: z.array(z.int()) }))
        .parse(await control('GET', '/answers')),
    refused: async () => z.array(Used.loose()).parse(await control('GET', '/refused')),
    clearRefused: () => control('DELETE', '/refused'),
    permissions: async () =>
      z
        .array(z.object({ function: z.string(), permission: z.string() }))
        .parse(await control('GET', '/permissions')),
    hold: (path: string) => control('POST', '/gateway/hold', { path }),
    /** How many requests are held. */
    held: async () => {
      const holds = z.array(z.object({ held: z.number() }).loose());
      const list = holds.parse(await control('GET', '/gateway/hold'));
      return list.reduce((sum, { held }) => sum + held, 0);
    },
    release: () => control('DELETE', '/gateway/hold'),
    invoke: async (functionId: string, event: unknown) =>
      Invoked.parse(await control('POST', `/invoke/${functionId}`, event)),
    /** The next invocations of a function have only this time left (ms). */
    shorten: (functionId: string, remainingMs: number, times = 1) =>
      control('POST', `/shorten/${functionId}`, { remainingMs, times }),
    /** Without waiting for the answer, as schedules do: failures are tried again, then put away. Resolves after the last try. */
    invokeAsync: async (functionId: string, event: unknown) =>
      Invoked.parse(await control('POST', `/invoke/${functionId}?type=Event`, event)),
  };
}
export type TestWorld = ReturnType<typeof attachWorld>;

export interface OwnWorld extends TestWorld {
  readonly process: ChildProcess;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends our process without a chance to tidy up. */
  kill(): Promise<void>;
}

/**
 * Starts a world of its own in a process of its own, on free ports: in memory unless a folder is given.
 * `options` are those of `npm start`.
 */
export async function startOwnWorld(
  given: { folder?: string; options?: readonly string[] } = {},
): Promise<OwnWorld> {
  const place = given.folder === undefined ? ['--memory'] : ['--folder', given.folder];
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'infra/local/run.ts',
      '--json',
      '--attached',
      '--port',
      '0',
      ...place,
      ...(given.options ?? []),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-4000);
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => undefined),
  ]);
  if (line === undefined) throw new Error(`The world did not start: ${complaints}`);
  const info = TestWorldInfo.parse(JSON.parse(String(line[0])));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    ...attachWorld(info),
    process: child,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
