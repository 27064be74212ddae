import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemResponses } from '#infra/gateway-problems.ts';
import { gatewayDefinition, matchRoute } from '#infra/local/gateway/definition.ts';
import { createGateway } from '#infra/local/gateway/gateway.ts';
import { createHolds } from '#infra/local/gateway/holds.ts';
import { createTally } from '#infra/local/gateway/tally.ts';
import type { Outcome } from '#infra/local/lambda/function.ts';
import { type Answered, type Asked, ask } from '#test/support/request.ts';

const functionArn = (name: string) => `arn:aws:lambda:eu-west-3:000000000000:function:${name}`;
const uri = (name: string) =>
  `arn:aws:apigateway:eu-west-3:lambda:path/2015-03-31/functions/${functionArn(name)}/invocations`;
const operation = (name: string, secured = false, timeoutInMillis = 29_000) => ({
  security: secured ? [{ token: [] }] : [],
  'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: uri(name), timeoutInMillis },
});
const body = {
  paths: {
    '/waves': { get: operation('api', true) },
    '/waves/{wave}': { get: operation('api'), put: operation('api', true) },
    '/waves/next': { get: operation('next') },
    '/slow': { get: operation('slow', false, 50) },
    '/files/{proxy+}': { get: operation('files') },
  },
  components: {
    securitySchemes: {
      token: {
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          authorizerUri: uri('authorizer'),
          identitySource: 'method.request.header.Authorization',
          authorizerResultTtlInSeconds: 0,
        },
      },
    },
  },
  'x-amazon-apigateway-gateway-responses': problemResponses(),
};

const now = Date.parse('2022-03-21T22:59:59.900Z');
const definition = gatewayDefinition(body);
const holds = createHolds();
let answer: (name: string, event: unknown) => Promise<Outcome> = async () => ({
  ok: true,
  result: null,
});
const seen: { name: string; event: Record<string, unknown>; body: string }[] = [];
const gateway = createGateway({
  tally: createTally(),
  ...{ definition, holds, now: () => now, region: 'eu-west-3', account: '000000000000' },
  invoke: (arn, event, beside) => {
    const name = arn.split(':').at(-1) ?? '';
    seen.push({ name, event: Object(event), body: Buffer.from(beside?.body ?? []).toString() });
    return answer(name, event);
  },
});
const server = createServer(gateway);
let base = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => void server.close());

const says = (result: unknown) => {
  answer = async () => ({ ok: true, result });
};
const policy = (Effect: string) => ({
  principalId: 'p',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: '*' }],
  },
  context: { kind: 'agent', level: 2 },
});
const authorizerSays = (outcome: Outcome) => {
  answer = async (name) =>
    name === 'authorizer' ? outcome : { ok: true, result: { statusCode: 200, body: 'in' } };
};
const go = (asked: Asked): Promise<Answered> => {
  seen.length = 0;
  return ask(base, asked);
};

describe('routes', () => {
  test.each([
    ['GET', '/waves/next', '/waves/next'],
    ['GET', '/waves/a%20b', '/waves/{wave}'],
    ['GET', '/waves/', '/waves'],
    ['GET', '/files/a/b', '/files/{proxy+}'],
    ['POST', '/waves', undefined],
    ['GET', '/waves/a/b', undefined],
    ['GET', '/files', undefined],
  ])('%s %s goes to %s', (method, path, resource) => {
    expect(matchRoute(definition.routes, method, path)?.route.resource).toBe(resource);
  });

  test('an integration whose address or time limit is of the other mode is refused at the start', () => {
    const defined = (given: object) => {
      const integration = { type: 'aws_proxy', uri: uri('x'), ...given };
      return () =>
        gatewayDefinition({
          paths: { '/x': { get: { 'x-amazon-apigateway-integration': integration } } },
        });
    };
    const streaming = uri('x')
      .replace('2015-03-31', '2021-11-15')
      .replace('/invocations', '/response-streaming-invocations');
    expect(defined({ responseTransferMode: 'STREAM' })).toThrow('is not played at home');
    expect(defined({ uri: streaming })).toThrow('is not played at home');
    expect(defined({ timeoutInMillis: 30_000 })).toThrow('at most 29 s');
    const streamed = { uri: streaming, responseTransferMode: 'STREAM', timeoutInMillis: 125_000 };
    expect(defined(streamed)().routes).toMatchObject([{ streams: true, timeoutMs: 125_000 }]);
  });
});

describe('the event', () => {
  test('is that of a REST API, stamped with world time at arrival', async () => {
    says({
      statusCode: 201,
      headers: { 'x-a': '1' },
      multiValueHeaders: { 'x-b': ['2', '3'] },
      body: 'made',
    });
    const got = await go({
      path: '/waves/a%20b?x=1&x=2',
      headers: { 'X-Case': 'Kept' },
      from: '127.0.0.9',
    });
    expect(got).toMatchObject({ status: 201, text: 'made' });
    expect(got.headers['x-b']).toBe('2, 3');
    expect(got.headers.date).toBe('Mon, 21 Mar 2022 22:59:59 GMT');
    expect(seen[0]?.event).toMatchObject({
      resource: '/waves/{wave}',
      path: '/waves/a%20b',
      httpMethod: 'GET',
      pathParameters: { wave: 'a b' },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      headers: { 'X-Case': 'Kept' },
      body: null,
      isBase64Encoded: false,
      requestContext: {
        requestTimeEpoch: now,
        requestTime: '21/Mar/2022:22:59:59 +0000',
        identity: { sourceIp: '127.0.0.9' },
      },
    });
  });
});

describe('the authorizer', () => {
  test('is not even asked about a request without a token: 401', async () => {
    const got = await go({ path: '/waves' });
    expect(got.status).toBe(401);
    expect(got.headers['content-type']).toContain('application/problem+json');
    expect(got.headers['www-authenticate']).toBe('Bearer');
    expect(seen).toEqual([]);
  });

  test.each<[string, Outcome, number]>([
    [
      'says Unauthorized',
      { ok: false, timedOut: false, error: { errorType: 'Error', errorMessage: 'Unauthorized' } },
      401,
    ],
    ['denies', { ok: true, result: policy('Deny') }, 403],
    [
      'breaks',
      { ok: false, timedOut: false, error: { errorType: 'Error', errorMessage: 'boom' } },
      500,
    ],
    ['answers nonsense', { ok: true, result: { hello: 1 } }, 500],
    ['allows', { ok: true, result: policy('Allow') }, 200],
  ])('that %s makes the answer follow', async (_what, outcome, status) => {
    authorizerSays(outcome);
    expect((await go({ path: '/waves', token: 't' })).status).toBe(status);
  });

  test('hands its context on as texts, and never sees the body', async () => {
    authorizerSays({ ok: true, result: policy('Allow') });
    await go({ method: 'PUT', path: '/waves/w1', token: 't', body: { secret: 1 } });
    expect(seen[0]?.event).toMatchObject({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:eu-west-3:000000000000:home/v1/PUT/waves/w1',
    });
    expect(JSON.stringify(seen[0]?.event)).not.toContain('secret');
    expect(seen[1]?.event).toMatchObject({
      requestContext: { authorizer: { kind: 'agent', level: '2', principalId: 'p' } },
    });
  });
});

describe('what goes wrong', () => {
  const failed: Outcome = {
    ok: false,
    timedOut: true,
    error: { errorType: 'Sandbox.Timedout', errorMessage: 'x' },
  };

  test.each([
    ['an unknown address', { path: '/nowhere' }, 404],
    ['a broken escape in the address', { path: '/waves/%E0%A4%A' }, 400],
  ])('%s is told as a problem', async (_what, asked, status) => {
    const got = await go(asked);
    expect(got.status).toBe(status);
    expect(got.body).toMatchObject({ status });
  });

  test('a function that fails or answers nonsense is a bare 500, and nothing of it is told', async () => {
    for (const outcome of [
      failed,
      { ok: true, result: { status: 200 } } as const,
      { ok: true, result: null } as const,
    ]) {
      answer = async () => outcome;
      const got = await go({ path: '/waves/w1' });
      expect(got.status).toBe(500);
      expect(got.headers['cache-control']).toBe('no-store');
      expect(got.text).not.toContain('Sandbox');
    }
  });

  test('a function that takes longer than the gateway waits is a 504', async () => {
    answer = () => new Promise(() => undefined);
    expect((await go({ path: '/slow' })).status).toBe(504);
  });

  test('a body goes beside its event; what is larger than an event may be as JSON is refused', async () => {
    says({ statusCode: 200, body: 'taken' });
    authorizerSays({ ok: true, result: policy('Allow') });
    const put = (body: Buffer) => go({ method: 'PUT', path: '/waves/w1', token: 't', body });
    const fits = Buffer.alloc(3_000_000, '"');
    await put(fits);
    const invoked = seen.find(({ name }) => name === 'api');
    expect([invoked?.event.body, invoked?.body]).toEqual([null, fits.toString()]);
    seen.length = 0;
    const got = await put(Buffer.alloc(3_200_000, '"'));
    expect([got.status, seen]).toEqual([413, []]);
  });

  test('ten megabytes and a byte are refused, nothing is invoked', async () => {
    const got = await go({
      method: 'PUT',
      path: '/waves/w1',
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(got.status).toBe(413);
    expect(seen).toEqual([]);
  });
});

describe('a held request', () => {
  test('is stamped at arrival and reaches its function at the release', async () => {
    says({ statusCode: 200, body: 'late' });
    holds.hold('/waves/w9');
    const waiting = go({ path: '/waves/w9' });
    await expect.poll(() => holds.list()[0]?.held).toBe(1);
    expect(seen).toEqual([]);
    expect((await go({ path: '/waves/w1' })).status).toBe(200);
    holds.release();
    expect(await waiting).toMatchObject({ status: 200, text: 'late' });
  });
});
