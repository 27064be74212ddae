import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Matched } from './definition.ts';

export interface Arrived {
  readonly req: IncomingMessage;
  readonly url: URL;
  readonly matched: Matched;
  /** World time of arrival: by it deadlines are judged, however late the handling. */
  readonly at: number;
  readonly account: string;
}

/** A REST API proxy event, payload format 1.0. Its body travels beside it and is put in by the worker. */
export type RestEvent = ReturnType<typeof restEvent>;

/** The event of a request, as the REST API makes it. */
export function restEvent({ req, url, matched, at, account }: Arrived) {
  const headers = groupedHeaders(req.rawHeaders);
  const query = groupedQuery(url);
  const { parameters, route } = matched;
  const userAgent = req.headers['user-agent'] ?? null;
  return {
    resource: route.resource,
    path: url.pathname,
    httpMethod: req.method ?? 'GET',
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: query === null ? null : lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: Object.keys(parameters).length === 0 ? null : parameters,
    stageVariables: null,
    requestContext: {
      accountId: account,
      apiId: 'home',
      domainName: req.headers.host ?? '127.0.0.1',
      domainPrefix: 'home',
      extendedRequestId: randomUUID(),
      httpMethod: req.method ?? 'GET',
      identity: {
        sourceIp: sourceIp(req),
        userAgent,
        accountId: null,
        apiKey: null,
        caller: null,
        user: null,
        userArn: null,
      },
      path: `/v1${url.pathname}`,
      protocol: `HTTP/${req.httpVersion}`,
      requestId: randomUUID(),
      requestTime: commonLogTime(at),
      requestTimeEpoch: at,
      resourceId: 'home',
      resourcePath: route.resource,
      stage: 'v1',
    },
    body: null,
    isBase64Encoded: false,
  };
}

function sourceIp(req: IncomingMessage): string {
  return (req.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

/** `09/Apr/2015:12:34:56 +0000`. */
function commonLogTime(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().replace(',', '').split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

function groupedHeaders(raw: readonly string[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {};
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const known =
      Object.keys(grouped).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    grouped[known] = [...(grouped[known] ?? []), raw[index + 1] ?? ''];
  }
  return grouped;
}

function groupedQuery(url: URL): Record<string, string[]> | null {
  const grouped: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) grouped[name] = [...(grouped[name] ?? []), value];
  return Object.keys(grouped).length === 0 ? null : grouped;
}

function lastOf(grouped: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(grouped).map(([name, values]) => [name, values.at(-1) ?? '']),
  );
}
