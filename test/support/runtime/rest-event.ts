/** A request as the REST API hands it to a function (payload 1.0). */
export function restEvent(
  method: string,
  resource: string,
  given: {
    readonly body?: unknown;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly caller?: Readonly<Record<string, string>>;
    readonly at?: number;
  } = {},
) {
  const { body, parameters, query, caller, at = Date.now() } = given;
  const path = resource.replaceAll(/\{([^}]+)\}/g, (_, name: string) => parameters?.[name] ?? name);
  return {
    resource,
    path,
    httpMethod: method,
    headers: { 'content-type': 'application/json' },
    multiValueHeaders: { 'content-type': ['application/json'] },
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: query
      ? Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]]))
      : null,
    pathParameters: parameters ?? null,
    stageVariables: null,
    requestContext: {
      requestId: '00000000-0000-4000-8000-000000000000',
      requestTimeEpoch: at,
      httpMethod: method,
      resourcePath: resource,
      path: `/v1${path}`,
      stage: 'v1',
      identity: { sourceIp: '192.0.2.7', userAgent: 'test' },
      ...(caller ? { authorizer: { ...caller } } : {}),
    },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
  };
}
