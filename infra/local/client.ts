import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';

export const WorldInfo = z.object({
  gateway: z.url(),
  console: z.url(),
  issuer: z.url(),
  door: z.url(),
  region: z.string(),
  /** Version of the conditions of use that stand. */
  conditions: z.string(),
  operator: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  resources: z.record(z.string(), z.string()),
});
export type WorldInfo = z.infer<typeof WorldInfo>;

const Mail = z.object({
  id: z.coerce.string(),
  at: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
});
export type Mail = z.infer<typeof Mail>;

const Text = z.object({ id: z.int(), at: z.string(), to: z.string(), text: z.string() });
export type Text = z.infer<typeof Text>;

export interface Answer {
  status: number;
  body: unknown;
}

/** What the world running in a folder says of itself; one clear sentence when none runs. */
export function worldOf(folder: string): WorldInfo {
  try {
    return WorldInfo.parse(JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8')));
  } catch (cause) {
    throw new Error(`No world runs in ${folder}: start one with npm start.`, { cause });
  }
}

async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, body: json && text !== '' ? JSON.parse(text) : text };
}

const passing = new Set([429, 502, 503, 504]);
const mostTries = 6;

/** Asks what changes nothing again while the answer is one that passes: a busy machine starts functions slowly. */
async function askAgain(url: string, init: RequestInit): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await ask(url, init);
    if (init.method !== 'GET' || !passing.has(answer.status) || tries === mostTries) return answer;
    await wait(250 * 2 ** tries);
  }
}

function sending(method: string, body?: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

/** A running world as its commands use it: the console for clock and mail, the gateway for the rest. */
export function clientOf(info: WorldInfo) {
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await ask(new URL(path, info.console).href, sending(method, body));
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const now = z.object({ now: z.iso.datetime() });
  return {
    info,
    control,
    clock: async () => now.parse(await control('GET', '/clock')).now,
    /** Sets it to an instant as if the world had been down until then: what became due runs once. */
    leapTo: async (to: string) =>
      now.parse(await control('POST', '/clock', { to, leap: true })).now,
    /** Moves the clock forward to an instant, job by job; an instant that has passed moves nothing. */
    moveTo: async (to: string) => now.parse(await control('POST', '/clock', { to })).now,
    idle: () => control('POST', '/idle'),
    /** Mails in their order: those after an id, or all to one address. */
    mails: async (wanted: { after?: string; to?: string }) => {
      const query = new URLSearchParams({ limit: '500', ...wanted });
      const mails = z.array(Mail).parse(await control('GET', `/mail.json?${query}`));
      return mails.toSorted((a, b) => Number(a.id) - Number(b.id));
    },
    /** Text messages in their order: those after an id, or all to one number. */
    texts: async (wanted: { after?: string; to?: string }) => {
      const query = new URLSearchParams({ limit: '500', ...wanted });
      return z.array(Text).parse(await control('GET', `/sms.json?${query}`));
    },
    /** A token of a ready person; with a subject, of another account of the same kind. */
    token: async (person: string, wish: { subject?: string } = {}) => {
      const query = new URLSearchParams({ person, ...wish });
      const answer = await ask(new URL(`/token?${query}`, info.issuer).href);
      return z.string().parse(answer.body);
    },
    /** A call of the API as anybody makes it: through the gateway. */
    call: (asked: {
      method: string;
      path: string;
      token?: string;
      body?: unknown;
      /** The child for whom a guardian calls. */
      actingFor?: string;
    }) => {
      const init = sending(asked.method, asked.body);
      const headers = new Headers(init.headers);
      if (asked.token) headers.set('authorization', `Bearer ${asked.token}`);
      if (asked.actingFor) headers.set('x-acting-for', asked.actingFor);
      return askAgain(new URL(asked.path, info.gateway).href, { ...init, headers });
    },
  };
}
export type Client = ReturnType<typeof clientOf>;
