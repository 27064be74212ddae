import type { Route } from '#shared/http/route.ts';
import type { Entry } from './entries.ts';
import { problemResponses } from './gateway-problems.ts';

/** Name of the security scheme: the one Lambda authorizer. */
export const tokenScheme = 'token';

/** What the body needs of the deployed functions, as template intrinsics. */
export interface GatewayTargets {
  readonly title: string;
  /** The address at which the gateway invokes the function of an entry, for one whole answer. */
  readonly invocationUri: (entryId: string) => string;
  /** The same for an answer that is passed on as it comes. */
  readonly streamingUri: (entryId: string) => string;
}

/** Whether a route carries no token. */
export function isPublic(callers: readonly string[]): boolean {
  return callers.length === 1 && callers[0] === 'public';
}

/** The operations that anyone may call without a token, as `GET /path`: all others go through the authorizer. */
export function publicOperations(entries: readonly Entry[]): readonly string[] {
  return entries
    .flatMap(({ routes }) => routes)
    .filter(({ callers }) => isPublic(callers))
    .map(({ method, path }) => `${method} ${path}`)
    .sort();
}

/**
 * The gateway's definition, OpenAPI 3.0 (the newest that API Gateway imports): paths, integrations,
 * the authorizer and its own errors. No models: shapes are parsed by the functions and documented by
 * the 3.1 document. So the template holds five resources however many routes there are.
 */
export function gatewayBody(entries: readonly Entry[], targets: GatewayTargets) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const entry of entries) {
    for (const route of entry.routes) {
      const { method, path, name, callers } = route;
      const operation = {
        operationId: `${entry.room}-${name}`,
        ...(pathParameters(path).length > 0 ? { parameters: pathParameters(path) } : {}),
        // The import asks for one; what is really answered stands in the documented contract.
        responses: { 200: { description: 'Success' } },
        security: isPublic(callers) ? [] : [{ [tokenScheme]: [] }],
        'x-amazon-apigateway-integration': integrationOf(route, entry, targets),
      };
      paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
    }
  }
  return {
    openapi: '3.0.1',
    info: { title: targets.title, version: '1' },
    paths,
    components: { securitySchemes: { [tokenScheme]: authorizerScheme(entries, targets) } },
    'x-amazon-apigateway-gateway-responses': problemResponses(),
  };
}

function integrationOf({ stream }: Route, entry: Entry, targets: GatewayTargets) {
  const proxy = { type: 'aws_proxy', httpMethod: 'POST' };
  if (!stream) return { ...proxy, uri: targets.invocationUri(entry.id), timeoutInMillis: 29_000 };
  return {
    ...proxy,
    uri: targets.streamingUri(entry.id),
    responseTransferMode: 'STREAM',
    // The function's own time-out ends it first, so that what was cut is known as an error.
    timeoutInMillis: (entry.timeoutSeconds + 5) * 1000,
  };
}

function pathParameters(path: string) {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].flatMap((match) => match[1] ?? []);
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function authorizerScheme(entries: readonly Entry[], targets: GatewayTargets) {
  const [authorizer, ...others] = entries.filter(({ isAuthorizer }) => isAuthorizer);
  if (!authorizer || others.length > 0)
    throw new Error('The gateway needs exactly one authorizer.');
  return {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: targets.invocationUri(authorizer.id),
      identitySource: 'method.request.header.Authorization',
      // A withdrawn session or a new block counts at the next request.
      authorizerResultTtlInSeconds: 0,
    },
  };
}
