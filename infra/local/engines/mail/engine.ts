import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineOptions, MailEngine } from '../engine.ts';
import { answer } from '../wire/answer.ts';
import { readBody } from '../wire/body.ts';
import { AwsFault, notImplemented } from '../wire/fault.ts';
import { toWire } from '../wire/json-engine.ts';
import { inboxPage } from './inbox.ts';
import { type OnMailEvent, sendEmail } from './send-email.ts';
import { openMailStore } from './store.ts';

const maxBodyBytes = 10 * 1024 * 1024;

/**
 * SES v2 with SendEmail of simple content. Nothing leaves the machine: the inbox plays the
 * recipients. `@refus.invalid` is refused, `@bounce.invalid` and `@plainte.invalid` are accepted and then told to `onEvent`.
 */
export function createMail(
  options: EngineOptions & { readonly onEvent?: OnMailEvent },
): MailEngine {
  const { now, onEvent = () => undefined } = options;
  const store = openMailStore(options.folder);
  const act = async (req: IncomingMessage, body: Buffer | undefined) => {
    const [path] = (req.url ?? '').split('?');
    if (req.method !== 'POST' || path !== '/v2/email/outbound-emails') {
      throw notImplemented(`SES ${req.method} ${path}`);
    }
    const input = parseJson(body ?? (await readBody(req, maxBodyBytes)));
    return sendEmail(input, { store, now: now(), onEvent });
  };
  return {
    async handle(req, res, body) {
      try {
        send(res, 200, await act(req, body));
      } catch (error) {
        const { fault, headers } = toWire(error);
        send(res, fault.status, { message: fault.message }, headers);
      }
    },
    list: ({ to, after = 0, limit = 1000 }) => store.after(after, { to, limit }),
    inboxPage: (wanted) => inboxPage(store, { ...wanted, now: now() }),
    close: async () => store.db.close(),
  };

  function send(res: ServerResponse, status: number, told: object, headers = {}): void {
    const typed = { 'content-type': 'application/json', ...headers };
    answer(res, { status, now: now(), headers: typed, body: JSON.stringify(told) });
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsFault('BadRequestException', 'The body is not JSON');
  }
}
