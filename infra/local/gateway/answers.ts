import type { ServerResponse } from 'node:http';
import * as z from 'zod';
import type { GatewayDefinition } from './definition.ts';

const header = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What a function behind the gateway must answer; anything else is a bad gateway. */
export const ProxyAnswer = z.strictObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), header).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(header)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});
export type ProxyAnswer = z.infer<typeof ProxyAnswer>;

/** Status that the gateway gives a refusal of its own when the definition says none. */
const ownStatus: Readonly<Record<string, number>> = {
  ACCESS_DENIED: 403,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_PARAMETERS: 400,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  MISSING_AUTHENTICATION_TOKEN: 403,
  REQUEST_TOO_LARGE: 413,
  UNAUTHORIZED: 401,
  // Not a type of its own: what a function's error or a malformed answer makes, by DEFAULT_5XX.
  BAD_GATEWAY: 502,
};

/** Answers a refusal of the gateway itself, as the definition's gateway responses say. */
export function answerRefusal(
  res: ServerResponse,
  type: string,
  { definition, at }: { definition: GatewayDefinition; at: number },
): void {
  const status = ownStatus[type] ?? 500;
  const response =
    definition.responses[type] ??
    definition.responses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  const template =
    response?.responseTemplates['application/json'] ?? '{"message":"$context.error.message"}';
  const body = template
    .replaceAll('$context.error.messageString', JSON.stringify(type))
    .replaceAll('$context.error.message', type);
  const headers = Object.entries(response?.responseParameters ?? {}).map(([name, value]) => [
    name.replace('gatewayresponse.header.', '').toLowerCase(),
    value.replace(/^'|'$/g, ''),
  ]);
  send(res, {
    status: response?.statusCode ?? status,
    body: Buffer.from(body),
    at,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(headers),
      'x-amzn-errortype': type,
    },
  });
}

/** Answers what the function said. */
export function answerProxy(res: ServerResponse, answer: ProxyAnswer, at: number): void {
  const single = Object.entries(answer.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  const multiple = Object.entries(answer.multiValueHeaders ?? {}).map(([name, values]) => [
    name.toLowerCase(),
    values,
  ]);
  const headers = {
    'content-type': 'application/json',
    ...Object.fromEntries(single),
    ...Object.fromEntries(multiple),
  };
  send(res, { status: answer.statusCode, headers, body: Buffer.from(answer.body ?? ''), at });
}

function send(
  res: ServerResponse,
  told: { status: number; headers: Record<string, string | string[]>; body: Buffer; at: number },
): void {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(told.status, {
    ...told.headers,
    date: new Date(told.at).toUTCString(),
    'content-length': told.body.length,
  });
  res.end(told.body);
}
