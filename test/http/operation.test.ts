import { ThrottlingException } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type Act, operation } from '#shared/http/operation.ts';
import { room } from '#shared/http/room.ts';
import type { Route } from '#shared/http/route.ts';
import { refusals } from '#shared/kernel/refusal.ts';

const open = {
  method: 'POST',
  path: '/things',
  summary: 'A thing.',
  callers: ['public'],
  body: z.strictObject({ name: z.string().max(5), list: z.array(z.int()).optional() }),
  maxBytes: 100,
  answers: { 200: z.unknown() },
  idempotent: true,
  rights: {},
} as const satisfies Route;

const closed = {
  method: 'GET',
  path: '/things/{thing}',
  summary: 'One thing.',
  callers: ['agent', 'holder'],
  parameters: z.strictObject({ thing: z.string().regex(/^[a-z]+$/) }),
  query: z.strictObject({ limit: z.coerce.number().int().max(50).optional() }),
  answers: { 200: z.unknown() },
  rights: {},
} as const satisfies Route;

const event = (more: Record<string, unknown> = {}, context: Record<string, unknown> = {}) => ({
  httpMethod: 'POST',
  resource: '/things',
  headers: { 'Content-Type': 'application/json' },
  pathParameters: null,
  multiValueQueryStringParameters: null,
  body: '{"name":"x"}',
  requestContext: {
    requestId: 'r1',
    requestTimeEpoch: 1000,
    identity: { sourceIp: '192.0.2.1' },
    ...context,
  },
  ...more,
});

const inLambda = { getRemainingTimeInMillis: () => 1000 } as never;
const written: string[] = [];
vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
afterEach(() => written.splice(0));

const asked = (act: Act<typeof open>, sent = event()) =>
  operation(open, act).handler(sent, inLambda);
const told = async (answer: ReturnType<typeof asked>) => JSON.parse((await answer).body);
const echo: Act<typeof open> = async ({ body }) => ({ status: 200, body });

describe('an operation', () => {
  test('gives the act what was parsed, when it was received and by which address', async () => {
    let seen: unknown;
    const answer = await asked(
      async (all) => {
        seen = all;
        return { status: 201, body: { ok: true } };
      },
      event({
        headers: { 'content-type': 'application/json; charset=utf-8', 'IDEMPOTENCY-KEY': 'k' },
      }),
    );
    expect(answer).toMatchObject({ statusCode: 201, body: '{"ok":true}' });
    expect(seen).toMatchObject({
      body: { name: 'x' },
      caller: { kind: 'public' },
      receivedAt: 1000,
      sourceIp: '192.0.2.1',
      idempotencyKey: 'k',
      requestId: 'r1',
    });
  });

  test('every answer, problems included, forbids keeping, sniffing, framing and referring', async () => {
    const answers = [
      await asked(echo),
      await asked(echo, event({ body: '{' })),
      await asked(async () => Promise.reject(new Error('x'))),
    ];
    for (const { headers } of answers)
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
      });
  });

  test('names the field of each fault and never echoes what was sent', async () => {
    const body = JSON.stringify({ name: 'secret-name', list: [1, 'secret-item'], 'secret-key': 1 });
    const answer = await asked(echo, event({ body }));
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(answer.body).errors).toEqual([
      { field: 'name', code: 'too-big' },
      { field: 'list.1', code: 'type' },
      { field: '', code: 'unknown-field' },
    ]);
    expect(answer.body + written.join('')).not.toContain('secret');
  });

  test.each([
    [{ body: '{}' }, 400, [{ field: 'name', code: 'required' }]],
    [{ body: '{"name":"a","name":"b"}' }, 400, [{ field: '', code: 'json-duplicate' }]],
    [{ body: '/w==', isBase64Encoded: true }, 400, [{ field: '', code: 'json-utf8' }]],
    [{ body: null }, 400, [{ field: '', code: 'json-syntax' }]],
    [{ body: `{"name":"${'x'.repeat(100)}"}` }, 413, undefined],
    [{ headers: { 'content-type': 'text/plain' } }, 415, undefined],
    [{ headers: null }, 415, undefined],
  ])('refuses a bad request (%#)', async (more, status, errors) => {
    const problem = await told(asked(echo, event(more)));
    expect(problem.status).toBe(status);
    expect(problem.errors).toEqual(errors);
  });

  test('a refusal is told with its code, its status and its facts', async () => {
    const refuse = refusals('things', { late: [409, 'Trop tard'] });
    const problem = await told(asked(async () => Promise.reject(refuse('late', { at: 'x' }))));
    expect(problem).toEqual({
      type: 'urn:problem:things:late',
      title: 'Trop tard',
      status: 409,
      code: 'things/late',
      at: 'x',
    });
  });

  test.each([
    new ThrottlingException({ message: 'slow', $metadata: {} }),
    Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
    Object.assign(new Error('bad gateway'), { $metadata: { httpStatusCode: 503 } }),
    Object.assign(new Error('cancelled'), {
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    }),
  ])('a dependency that fails is a 503 that may be tried again (%s)', async (error) => {
    const answer = await asked(async () => Promise.reject(error));
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(JSON.parse(answer.body).code).toBe('request/try-again');
  });

  test('anything unforeseen is a bare 500, and one line in the log without its message', async () => {
    const answer = await asked(async () => Promise.reject(new TypeError('185057800608491 leaks')));
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({
      type: 'urn:problem:internal',
      title: 'Une erreur est survenue de notre côté',
      status: 500,
      code: 'internal',
    });
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ event: 'defect', error: 'TypeError' });
    expect(written[0]).not.toContain('1850578');
  });

  test.each(['', ' ', 'é', 'x'.repeat(129)])('refuses the idempotency key "%s"', async (key) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    expect((await told(asked(echo, event({ headers })))).errors).toEqual([
      { field: 'Idempotency-Key', code: 'format' },
    ]);
  });
});

describe('who may call', () => {
  const answer = (authorizer: unknown, more: Record<string, unknown> = {}) =>
    operation(closed, async ({ caller, query }) => ({
      status: 200,
      body: { caller, query },
    })).handler(
      event(
        { httpMethod: 'GET', resource: closed.path, pathParameters: { thing: 'a' }, ...more },
        { authorizer },
      ),
      inLambda,
    );
  const agent = { kind: 'agent', subject: 'a1', role: 'campaign', principalId: 'agent:a1' };

  test('a caller of the right kind is let in, as the authorizer found him', async () => {
    const { statusCode, body } = await answer(agent);
    expect(statusCode).toBe(200);
    expect(JSON.parse(body).caller).toEqual({ kind: 'agent', subject: 'a1', role: 'campaign' });
  });

  test.each([
    [undefined, 401],
    [null, 401],
    [{}, 401],
    [{ kind: 'agent' }, 401],
    [{ kind: 'public', subject: 'x' }, 401],
    [{ kind: 'root', subject: 'x' }, 401],
    [{ kind: 'professional', subject: 'p1' }, 403],
  ])('%j is answered %i', async (authorizer, status) => {
    expect((await answer(authorizer)).statusCode).toBe(status);
  });

  test.each([
    [{ limit: ['51'] }, 'limit'],
    [{ limit: ['1', '2'] }, ''],
    [{ other: ['1'] }, ''],
  ])('a query of %j is refused', async (query, field) => {
    const { statusCode, body } = await answer(agent, { multiValueQueryStringParameters: query });
    expect(statusCode).toBe(400);
    expect(JSON.parse(body).errors[0].field).toBe(field);
  });

  test('a path that does not fit is refused', async () => {
    expect((await answer(agent, { pathParameters: { thing: 'A!' } })).statusCode).toBe(400);
  });
});

describe('a room', () => {
  const handler = room(operation(open, echo));
  test('finds the operation by method and path', async () => {
    expect((await handler(event(), inLambda)).statusCode).toBe(200);
  });
  test('answers 404 to what it does not know', async () => {
    expect((await handler(event({ httpMethod: 'PUT' }), inLambda)).statusCode).toBe(404);
    expect((await handler(event({ resource: '/other' }), inLambda)).statusCode).toBe(404);
  });
});
