import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { refuseXml } from '../fhir/negotiate.ts';
import { admit, type Caller } from './caller.ts';
import { bodyOf, headerOf, queryOf, type RestAnswer, RestEvent } from './event.ts';
import { problems, secured } from './every-answer.ts';
import { parseAs } from './parse.ts';
import { Refused, request } from './problem.ts';
import type { Route } from './route.ts';

type Part<R extends Route, K extends 'body' | 'parameters' | 'query'> =
  R extends Record<K, infer T extends z.ZodType> ? z.infer<T> : undefined;

/** A request as an operation sees it: parsed, its caller admitted. Instants are milliseconds. */
export interface Asked<R extends Route> {
  readonly body: Part<R, 'body'>;
  readonly params: Part<R, 'parameters'>;
  readonly query: Part<R, 'query'>;
  readonly caller: Caller;
  /** When the gateway received the request: what decides whether it is in time. */
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
  readonly idempotencyKey: string | undefined;
  /** The child's record that the caller says he acts in; nothing is decided by it. */
  readonly actingFor: string | undefined;
  /** The `Accept` header: which media types the caller takes; all of them when he did not say. */
  readonly accept: string;
  readonly requestId: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Act<R extends Route> = (asked: Asked<R>) => Promise<Answer>;

export interface Operation {
  readonly route: Route;
  readonly handler: (event: unknown, context: Context) => Promise<RestAnswer>;
}

/** One operation of a room: admits the caller, parses what was sent, acts, and tells the answer or the problem. */
export function operation<const R extends Route>(route: R, act: Act<R>): Operation {
  const answer = async (raw: unknown): Promise<RestAnswer> => {
    const { status, body, headers } = await act(askedOf(route, raw));
    const type = route.media ?? (route.fhir ? 'application/fhir+json' : 'application/json');
    return {
      statusCode: status,
      headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
  };
  const chain = middy<unknown, RestAnswer>({ timeoutEarlyInMillis: 0 })
    .use(secured<string>())
    .use(problems<string>(route))
    .handler(answer);
  return { route, handler: (event, context) => chain(event, context) };
}

/** The request of an event: its caller admitted, its parts parsed, or a refusal. */
export function askedOf<R extends Route>(route: R, raw: unknown): Asked<R> {
  const event = RestEvent.parse(raw);
  const { requestId, requestTimeEpoch, identity, authorizer } = event.requestContext;
  const caller = admit(route, authorizer);
  const accept = headerOf(event, 'accept') ?? '*/*';
  if (route.fhir) refuseXml({ accept, format: formatOf(event), as: route.fhir });
  return {
    ...partsOf(route, event),
    caller,
    receivedAt: requestTimeEpoch,
    now: Date.now(),
    sourceIp: identity.sourceIp,
    idempotencyKey: route.idempotent ? idempotencyKey(event) : undefined,
    actingFor: actingFor(event, route, caller),
    accept,
    requestId,
  };
}

function partsOf<R extends Route>(
  route: R,
  event: RestEvent,
): Pick<Asked<R>, 'body' | 'params' | 'query'> {
  const parts = {
    params: route.parameters && parseAs(route.parameters, event.pathParameters ?? {}),
    query: route.query ? parseAs(route.query, queryOf(event, route.lists)) : undefined,
    body: route.body && parseAs(route.body, bodyOf(event, route)),
  };
  // The compiler cannot follow a conditional type through a value; each part was parsed by its own schema.
  return parts as Pick<Asked<R>, 'body' | 'params' | 'query'>;
}

/** Never left unheard: an act for a child must not become one in the caller's own record. */
function actingFor(event: RestEvent, route: Route, caller: Caller): string | undefined {
  const child = headerOf(event, 'x-acting-for');
  if (child === undefined) return undefined;
  if (!route.actsFor || caller.kind !== 'holder') throw request('not-for-another');
  if (!/^[a-z0-9]{26}$/.test(child)) throw new Refused([{ field: 'X-Acting-For', code: 'format' }]);
  return child;
}

const formatOf = (event: RestEvent): string | undefined =>
  event.multiValueQueryStringParameters?._format?.[0];

function idempotencyKey(event: RestEvent): string | undefined {
  const key = headerOf(event, 'idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,128}$/.test(key))
    throw new Refused([{ field: 'Idempotency-Key', code: 'format' }]);
  return key;
}
