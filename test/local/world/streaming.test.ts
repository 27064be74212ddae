import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '#infra/bundle.ts';
import { gatewayBody } from '#infra/gateway-body.ts';
import { gatewayDefinition } from '#infra/local/gateway/definition.ts';
import { createGateway } from '#infra/local/gateway/gateway.ts';
import { createHolds } from '#infra/local/gateway/holds.ts';
import { createTally } from '#infra/local/gateway/tally.ts';
import type { Beside } from '#infra/local/lambda/function.ts';
import { createPool, type Pool } from '#infra/local/lambda/pool.ts';
import { streamingEntry } from '#test/support/streaming/entry.ts';
import { temporaryFolder } from '#test/support/temporary.ts';

const pieceBytes = 64 * 1024;
const entry = streamingEntry();
const arn = 'arn:aws:lambda:eu-west-3:000000000000:function:pieces-stream';
const logged: string[] = [];
const tally = createTally();
let pool: Pool;
let base = '';

/** The gateway as the cloud's own definition of the route describes it. */
function definitionOf() {
  const authorizer = { ...entry, id: 'authorizer', routes: [], isAuthorizer: true };
  const lambda = 'arn:aws:apigateway:eu-west-3:lambda:path';
  return gatewayDefinition(
    gatewayBody([entry, authorizer], {
      title: 'test',
      invocationUri: () => `${lambda}/2015-03-31/functions/${arn}/invocations`,
      streamingUri: () => `${lambda}/2021-11-15/functions/${arn}/response-streaming-invocations`,
    }),
  );
}

const server = createServer();
beforeAll(async () => {
  const [bundled] = await bundle([entry], temporaryFolder('streaming'));
  pool = createPool(
    {
      ...{ id: entry.id, name: 'fn', arn, roleArn: 'role', handler: 'index.handler' },
      ...{ folder: bundled?.folder ?? '', environment: {}, deadLetterArn: undefined },
      ...{ timeoutSeconds: 20, memoryMb: 256, reservedConcurrency: 1 },
    },
    {
      clock: new SharedArrayBuffer(8),
      variables: () => ({}),
      log: (_id, line) => logged.push(...line.toString().trim().split('\n')),
    },
  );
  const settings = {
    ...{ definition: definitionOf(), holds: createHolds(), tally, now: Date.now },
    ...{ region: 'eu-west-3', account: '000000000000' },
    invoke: (_arn: string, event: unknown, beside?: Beside) => pool.invoke(event, beside),
  };
  server.on('request', createGateway(settings));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await pool.close();
});

async function asked(path: string): Promise<IncomingMessage> {
  const [answer]: IncomingMessage[] = await once(get(`${base}${path}`), 'response');
  if (!answer) throw new Error('no answer');
  return answer;
}

/** What came of a request: whole, or cut after so many bytes. */
async function read(path: string) {
  const answer = await asked(path);
  const pieces: Buffer[] = [];
  const ended = await answer
    .forEach((piece: Buffer) => void pieces.push(piece))
    .then(
      () => 'whole',
      () => 'cut',
    );
  const { statusCode: status, headers } = answer;
  return { status, headers, body: Buffer.concat(pieces), ended };
}

/** What the function's body told when it was let go: how many pieces it had given. */
async function letGo(): Promise<number> {
  const found = () => logged.find((line) => line.includes('let-go'));
  await expect.poll(found, { timeout: 60_000 }).toBeDefined();
  const sent: unknown = JSON.parse(found() ?? '{}').counts?.sent;
  logged.length = 0;
  return Number(sent);
}

describe('a streamed answer', () => {
  test('comes whole, longer than a whole answer may be, with its own and the house’s headers', async () => {
    const { status, headers, body, ended } = await read('/pieces/whole?pieces=120');
    expect({ status, ended, size: body.length }).toEqual({
      ...{ status: 200, ended: 'whole', size: 120 * pieceBytes },
    });
    expect(headers).toMatchObject({
      ...{ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      'x-content-type-options': 'nosniff',
    });
    expect(body.subarray(0, 4).toString()).toBe('éé');
    expect(await letGo()).toBe(120);
  });

  test('may be empty', async () => {
    const { status, body, ended } = await read('/pieces/empty');
    expect({ status, ended, size: body.length }).toEqual({ status: 200, ended: 'whole', size: 0 });
    await letGo();
  });

  test.each([
    ['/pieces/refused', 403, 'pieces/withheld'],
    ['/pieces/unheard-of', 400, 'request/invalid'],
    ['/pieces/whole?pieces=many', 400, 'request/invalid'],
    ['/pieces/early', 500, 'internal'],
  ])('%s fails before its first byte as any other: %i %s', async (path, status, code) => {
    const { body, ...answer } = await read(path);
    expect(answer).toMatchObject({ status, ended: 'whole' });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(body.toString())).toMatchObject({ status, code });
    logged.length = 0;
  });

  test('that fails on its way is cut: the connection breaks, and no end is told', async () => {
    const { status, body, ended } = await read('/pieces/late?pieces=5');
    expect({ status, ended }).toEqual({ status: 200, ended: 'cut' });
    expect(body.length).toBeLessThanOrEqual(5 * pieceBytes);
    await letGo();
  });

  test('goes no faster than it is read, and stops when the client hangs up', async () => {
    const answer = await asked('/pieces/endless');
    await once(answer, 'readable');
    answer.destroy();
    // What fits into the buffers on the way, and no more.
    expect(await letGo()).toBeLessThan(200);
    await expect.poll(() => pool.busy()).toBe(0);
    expect((await read('/pieces/whole')).ended).toBe('whole');
    expect(pool.coldStarts()).toHaveLength(1);
    await letGo();
  });

  test('is noted by the status that it began with', () => {
    const [route] = tally.list();
    expect(route).toMatchObject({ route: 'GET /pieces/{kind}' });
    expect([...(route?.statuses ?? [])].sort()).toEqual([200, 400, 403, 500]);
  });

  test('whose function runs out of time is cut, and the next one gets a new worker', async () => {
    pool.shorten(500, 1);
    const { status, ended } = await read('/pieces/silent');
    expect({ status, ended }).toEqual({ status: 200, ended: 'cut' });
    expect((await read('/pieces/whole')).ended).toBe('whole');
    expect(pool.coldStarts()).toHaveLength(2);
  });
});

test('who waits for a whole answer gets the stream as one, with status, headers and body', async () => {
  const event = {
    ...{ resource: '/pieces/{kind}', httpMethod: 'GET', pathParameters: { kind: 'whole' } },
    multiValueQueryStringParameters: { pieces: ['1'] },
    requestContext: { requestId: 'r', requestTimeEpoch: 0, identity: { sourceIp: '192.0.2.7' } },
  };
  const outcome = await pool.invoke(event);
  expect(outcome).toMatchObject({ ok: true, result: { statusCode: 200 } });
  expect(JSON.stringify(outcome)).toContain('éé');
});
