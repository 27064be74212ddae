import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Beside, Outcome, Sink } from '#infra/local/lambda/function.ts';
import { answerProxy, answerRefusal, ProxyAnswer } from './answers.ts';
import { admit } from './authorize.ts';
import { type GatewayDefinition, type Matched, matchRoute } from './definition.ts';
import { type RestEvent, restEvent } from './event.ts';
import type { Holds } from './holds.ts';
import { lengthAsJson } from './length-as-json.ts';
import { streamAnswer } from './stream-answer.ts';
import type { Tally } from './tally.ts';

export interface GatewaySettings {
  readonly definition: GatewayDefinition;
  readonly holds: Holds;
  readonly tally: Tally;
  readonly now: () => number;
  readonly region: string;
  readonly account: string;
  readonly invoke: (functionArn: string, event: unknown, beside?: Beside) => Promise<Outcome>;
}

/** Largest request of a REST API, and largest event or answer of a function (bytes). */
const largestRequest = 10 * 1024 * 1024;
const largestPayload = 6 * 1024 * 1024;

/** The REST API at home: routes, authorizer, limits and errors of the OpenAPI body that the cloud imports. */
export function createGateway(settings: GatewaySettings): RequestListener {
  return (req, res) => {
    serve(req, res, settings).catch((cause: unknown) => {
      refuse(res, cause instanceof GatewayRefusal ? cause.type : 'DEFAULT_5XX', settings);
    });
  };
}

/** Ends a request with a refusal of the gateway's own, by API Gateway's response type. */
class GatewayRefusal extends Error {
  readonly type: string;

  constructor(type: string) {
    super(type);
    this.type = type;
  }
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  settings: GatewaySettings,
): Promise<void> {
  const { account, now, holds } = settings;
  const at = now();
  const url = new URL(`http://gateway.invalid${req.url?.startsWith('/') ? req.url : '/'}`);
  const body = await bodyOf(req);
  const matched = routeOf(req, url, settings);
  const event = restEvent({ req, url, matched, at, account });
  if (Buffer.byteLength(JSON.stringify(event)) + lengthAsJson(body) > largestPayload)
    throw new GatewayRefusal('REQUEST_TOO_LARGE');
  const admitted = await withCaller(req, event, { matched, settings });
  await holds.pass(url.pathname);
  const { functionArn, timeoutMs, streams } = matched.route;
  const note = (status: number) =>
    settings.tally.note(`${event.httpMethod} ${event.resource}`, status);
  if (streams)
    return passOn(res, (sink) => settings.invoke(functionArn, admitted, { body, sink }), {
      timeoutMs,
      note,
      now,
    });
  const answer = await answerOf(settings.invoke(functionArn, admitted, { body }), timeoutMs);
  note(answer.statusCode);
  answerProxy(res, answer, now());
}

/** A streamed answer. Refused as any other before its first byte; later it can only be cut. */
async function passOn(
  res: ServerResponse,
  invoke: (sink: Sink) => Promise<Outcome>,
  {
    timeoutMs,
    note,
    now,
  }: { timeoutMs: number; note: (status: number) => void; now: () => number },
): Promise<void> {
  const stream = streamAnswer(res, { note, now });
  const outcome = await within(timeoutMs, invoke(stream.sink));
  if (outcome?.ok && res.headersSent) return void res.end();
  stream.stop();
  if (res.headersSent || res.destroyed) return void res.destroy();
  throw new GatewayRefusal(outcome === undefined ? 'INTEGRATION_TIMEOUT' : 'BAD_GATEWAY');
}

/** What a promise comes to, or undefined when that takes longer. */
async function within<T>(timeoutMs: number, awaited: Promise<T>): Promise<T | undefined> {
  const patience = new AbortController();
  const late = wait(timeoutMs, undefined, { signal: patience.signal }).catch(() => undefined);
  const first = await Promise.race([awaited, late]);
  patience.abort();
  return first;
}

function routeOf(req: IncomingMessage, url: URL, { definition }: GatewaySettings): Matched {
  try {
    const matched = matchRoute(definition.routes, req.method ?? 'GET', url.pathname);
    if (matched !== undefined) return matched;
  } catch {
    throw new GatewayRefusal('BAD_REQUEST_PARAMETERS');
  }
  throw new GatewayRefusal('MISSING_AUTHENTICATION_TOKEN');
}

/** The event with what the authorizer says of the caller; unchanged on a public route. */
async function withCaller(
  req: IncomingMessage,
  event: RestEvent,
  { matched, settings }: { matched: Matched; settings: GatewaySettings },
): Promise<unknown> {
  const { authorizer } = matched.route;
  if (authorizer === undefined) return event;
  const route = `${event.httpMethod} ${event.resource}`;
  if (!req.headers[authorizer.header]) {
    settings.tally.note(route, 401);
    throw new GatewayRefusal('UNAUTHORIZED');
  }
  const api = `arn:aws:execute-api:${settings.region}:${settings.account}:home`;
  const methodArn = `${api}/v1/${event.httpMethod}${event.path}`;
  const admission = await admit(event, {
    methodArn,
    invoke: (asked) => settings.invoke(authorizer.functionArn, asked),
  });
  if (!admission.admitted) throw new GatewayRefusal(admission.refusal);
  return { ...event, requestContext: { ...event.requestContext, authorizer: admission.context } };
}

async function answerOf(invocation: Promise<Outcome>, timeoutMs: number): Promise<ProxyAnswer> {
  const outcome = await within(timeoutMs, invocation);
  if (outcome === undefined) throw new GatewayRefusal('INTEGRATION_TIMEOUT');
  if (!outcome.ok) throw new GatewayRefusal('BAD_GATEWAY');
  const answer = ProxyAnswer.safeParse(outcome.result);
  if (!answer.success || Buffer.byteLength(answer.data.body ?? '') > largestPayload)
    throw new GatewayRefusal('BAD_GATEWAY');
  return answer.data;
}

/** The body, empty when there is none; what is too large is read to its end, so that the refusal arrives. */
async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= largestRequest) chunks.push(chunk);
  }
  if (size > largestRequest) throw new GatewayRefusal('REQUEST_TOO_LARGE');
  return Buffer.concat(chunks);
}

function refuse(res: ServerResponse, type: string, { definition, now }: GatewaySettings): void {
  answerRefusal(res, type, { definition, at: now() });
}
