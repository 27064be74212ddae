import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { Route } from '#shared/http/route.ts';
import { streamed } from '#shared/http/streamed.ts';
import { IntegrityError } from '#shared/sealing/integrity.ts';

const route = {
  ...{ method: 'GET', path: '/things', summary: 'A thing.', callers: ['public'], stream: true },
  ...{ answers: { 200: z.unknown() }, rights: {} },
} as const satisfies Route;

const event = {
  ...{ httpMethod: 'GET', resource: '/things', headers: {}, pathParameters: null, body: null },
  multiValueQueryStringParameters: null,
  requestContext: {
    ...{ requestId: 'r1', requestTimeEpoch: 1000, identity: { sourceIp: '192.0.2.1' } },
  },
};
const inLambda = { getRemainingTimeInMillis: () => 1000 } as never;

/** What is logged when a stream gives a piece and then fails. */
async function loggedAfter(failure: Error): Promise<string[]> {
  async function* pieces() {
    yield 'a first piece';
    throw failure;
  }
  const act = async () => ({ status: 200, headers: {}, body: Readable.from(pieces()) });
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const { statusCode, body } = await streamed(route, act).handler(event, inLambda);
  expect(statusCode).toBe(200);
  if (!(body instanceof Readable)) throw new Error('no stream');
  await expect(body.toArray()).rejects.toThrow(failure);
  spy.mockRestore();
  return written;
}

test('what turns out changed in mid-stream breaks the answer off, and raises the alarm', async () => {
  const [line = ''] = await loggedAfter(new IntegrityError('changed'));
  expect(JSON.parse(line)).toMatchObject({
    ...{ event: 'integrity', route: 'GET /things', integrityFaults: 1 },
  });
});

test('a vault that breaks off in mid-stream raises no alarm of that kind', async () => {
  expect(await loggedAfter(new Error('socket hang up'))).toEqual([]);
});
