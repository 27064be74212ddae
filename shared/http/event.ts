import * as z from 'zod';
import { readJson } from './json.ts';
import { Refused, request } from './problem.ts';
import type { Route } from './route.ts';

const strings = z.record(z.string(), z.string());

/** The parts of a REST API event (payload 1.0) that are read. */
export const RestEvent = z.object({
  httpMethod: z.string(),
  resource: z.string(),
  headers: strings.nullish(),
  pathParameters: strings.nullish(),
  multiValueQueryStringParameters: z.record(z.string(), z.array(z.string())).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().optional(),
  requestContext: z.object({
    requestId: z.string(),
    requestTimeEpoch: z.number(),
    identity: z.object({ sourceIp: z.string() }),
    authorizer: z.unknown().optional(),
  }),
});
export type RestEvent = z.infer<typeof RestEvent>;

/** An answer in payload 1.0; of a streamed one the body may be a stream. */
export interface RestAnswer<Body = string> {
  statusCode: number;
  headers: Record<string, string>;
  body: Body;
}

const defaultMaxBytes = 16 * 1024;

/** A header of the request, whatever its case. */
export function headerOf(event: RestEvent, name: string): string | undefined {
  for (const [key, value] of Object.entries(event.headers ?? {}))
    if (key.toLowerCase() === name) return value;
  return undefined;
}

/** The query as one value a name; a name given twice is refused, unless its route takes a list of it. */
export function queryOf(
  event: RestEvent,
  lists: readonly string[] = [],
): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    const [value, another] = values;
    if (another !== undefined && lists.includes(name)) query[name] = values;
    else if (another !== undefined) throw new Refused('query-repeated');
    else if (value !== undefined) query[name] = value;
  }
  return query;
}

const json = /^application\/json\s*(;|$)/i;
const fhirJson = /^application\/(fhir\+)?json\s*(;|$)/i;
const form = /^application\/x-www-form-urlencoded\s*(;|$)/i;

function formOf(text: string): Record<string, string | string[]> {
  const given = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const all = given.getAll(name);
      return [name, all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
}

/** The body as JSON or as the form that its route asks for, within the size of the route. */
export function bodyOf(event: RestEvent, route: Route): unknown {
  const type = route.form ? form : route.fhir ? fhirJson : json;
  if (!type.test(headerOf(event, 'content-type') ?? '')) throw request('media-type');
  const given = event.body ?? '';
  const bytes = event.isBase64Encoded ? Buffer.from(given, 'base64') : undefined;
  const size = bytes?.length ?? Buffer.byteLength(given);
  if (size > (route.maxBytes ?? defaultMaxBytes)) throw request('too-large');
  try {
    // A text came as one: to write and read megabytes of it once more would tell nothing.
    const text = bytes ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : given;
    return route.form ? formOf(text) : readJson(text);
  } catch (error) {
    throw error instanceof TypeError ? new Refused('json-utf8') : error;
  }
}
