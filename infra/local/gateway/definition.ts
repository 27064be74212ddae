import * as z from 'zod';

const Integration = z.looseObject({
  type: z.literal('aws_proxy'),
  uri: z.string(),
  timeoutInMillis: z.number().max(900_000).default(29_000),
  responseTransferMode: z.enum(['BUFFERED', 'STREAM']).default('BUFFERED'),
});
const Operation = z.looseObject({
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  'x-amazon-apigateway-integration': Integration,
});
const Scheme = z.looseObject({
  'x-amazon-apigateway-authorizer': z.looseObject({
    type: z.literal('request'),
    authorizerUri: z.string(),
    identitySource: z.string(),
    authorizerResultTtlInSeconds: z.literal(0),
  }),
});
const GatewayResponse = z.looseObject({
  statusCode: z.coerce.number().optional(),
  responseParameters: z.record(z.string(), z.string()).default({}),
  responseTemplates: z.record(z.string(), z.string()).default({}),
});
export type GatewayResponse = z.infer<typeof GatewayResponse>;

const Body = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z
    .looseObject({ securitySchemes: z.record(z.string(), Scheme).default({}) })
    .optional(),
  'x-amazon-apigateway-gateway-responses': z.record(z.string(), GatewayResponse).default({}),
});

export interface Authorizer {
  readonly functionArn: string;
  /** Header without which the caller is turned away before the authorizer is asked. */
  readonly header: string;
}

export interface GatewayRoute {
  readonly method: string;
  /** `/enrolment/waves/{wave}`. */
  readonly resource: string;
  readonly segments: readonly string[];
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** The answer is passed on as it comes. */
  readonly streams: boolean;
  readonly authorizer: Authorizer | undefined;
}

export interface GatewayDefinition {
  readonly routes: readonly GatewayRoute[];
  readonly responses: Readonly<Record<string, GatewayResponse>>;
}

/** The gateway that an OpenAPI body with Amazon's extensions describes. What it does not play throws. */
export function gatewayDefinition(body: unknown): GatewayDefinition {
  const parsed = Body.parse(body);
  const schemes = Object.entries(parsed.components?.securitySchemes ?? {}).map(
    ([name, scheme]) => [name, authorizerOf(scheme)] as const,
  );
  const authorizers = new Map(schemes);
  const routes = Object.entries(parsed.paths).flatMap(([resource, operations]) =>
    Object.entries(operations).map(([method, value]): GatewayRoute => {
      const operation = Operation.parse(value);
      const integration = operation['x-amazon-apigateway-integration'];
      const [scheme] = operation.security.flatMap((one) => Object.keys(one));
      const authorizer = scheme === undefined ? undefined : authorizers.get(scheme);
      if (scheme !== undefined && authorizer === undefined)
        throw new Error(`${method} ${resource}: unknown security ${scheme}`);
      return {
        method: method === 'x-amazon-apigateway-any-method' ? 'ANY' : method.toUpperCase(),
        resource,
        segments: resource.split('/').filter(Boolean),
        ...integrationOf(integration),
        authorizer,
      };
    }),
  );
  return { routes, responses: parsed['x-amazon-apigateway-gateway-responses'] };
}

function authorizerOf(scheme: z.infer<typeof Scheme>): Authorizer {
  const { authorizerUri, identitySource } = scheme['x-amazon-apigateway-authorizer'];
  const header = /^method\.request\.header\.([A-Za-z0-9-]+)$/.exec(identitySource)?.[1];
  if (header === undefined)
    throw new Error(`Identity source ${identitySource} is not played at home`);
  return { functionArn: functionArnOf(authorizerUri), header: header.toLowerCase() };
}

/** How the gateway calls the function: each mode has an address, and a time limit, of its own. */
function integrationOf({
  uri,
  timeoutInMillis,
  responseTransferMode,
}: z.infer<typeof Integration>) {
  const streams = responseTransferMode === 'STREAM';
  if (!streams && timeoutInMillis > 29_000)
    throw new Error(`Integration ${uri}: a whole answer is waited for at most 29 s`);
  const action = streams ? '2021-11-15 response-streaming-invocations' : undefined;
  return { functionArn: functionArnOf(uri, action), timeoutMs: timeoutInMillis, streams };
}

function functionArnOf(uri: string, wanted = '2015-03-31 invocations'): string {
  const [version, action] = wanted.split(' ');
  const form = new RegExp(`/${version}/functions/(arn:aws:lambda:[^/]+)/${action}$`);
  const found = form.exec(uri)?.[1];
  if (found === undefined) throw new Error(`Integration ${uri} is not played at home`);
  return found;
}

export interface Matched {
  readonly route: GatewayRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The route of a request: literal segments go before `{parameters}`, those before `{proxy+}`. */
export function matchRoute(
  routes: readonly GatewayRoute[],
  method: string,
  path: string,
): Matched | undefined {
  const segments = path.split('/').filter(Boolean);
  const fitting = routes.flatMap((route) => {
    if (route.method !== method && route.method !== 'ANY') return [];
    const parameters = parametersOf(route.segments, segments);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  return fitting.sort((a, b) => rank(a.route).localeCompare(rank(b.route)))[0];
}

/** Sorts the more exact pattern first, segment by segment. */
function rank({ segments, method }: GatewayRoute): string {
  const marks = segments.map((segment) =>
    segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0',
  );
  return `${marks.join('')}${method === 'ANY' ? '1' : '0'}`;
}

function parametersOf(
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    if (segment.endsWith('+}')) {
      if (path.length <= index) return undefined;
      return {
        ...parameters,
        [segment.slice(1, -2)]: path.slice(index).map(decodeURIComponent).join('/'),
      };
    }
    const found = path[index];
    if (found === undefined) return undefined;
    if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = decodeURIComponent(found);
    else if (segment !== found) return undefined;
  }
  return pattern.length === path.length ? parameters : undefined;
}
