import { describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { rooms } from '#infra/rooms.ts';
import type { Route } from '#shared/http/route.ts';
import { ask } from '#test/support/request.ts';
import { attachWorld } from '#test/support/world.ts';

const world = attachWorld(inject('world'));

const routes: Route[] = rooms.flatMap(({ routes: declared = {} }) => Object.values(declared));
const token = async (person: string, more = '') =>
  (await ask(world.info.issuer, { path: `/token?person=${person}${more}` })).text;

describe('the contract', () => {
  test('the API says that it answers', async () => {
    const answer = await world.request({ path: '/health' });
    expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
  });

  test('documents every route there is, and no other', async () => {
    const { status, body } = await world.request({ path: '/openapi.json' });
    expect(status).toBe(200);
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(body);
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test.each(
    routes.filter(({ callers }) => !callers.includes('public')).map((r) => [r.method, r.path]),
  )('%s %s asks for a token', async (method, path) => {
    const filled = path.replaceAll(/\{\w+\}/g, 'x');
    const body = method === 'GET' ? {} : { body: {} };
    expect((await world.request({ method, path: filled, ...body })).status).toBe(401);
    const forged = await world.request({ method, path: filled, token: 'a.b.c', ...body });
    expect(forged.status).toBe(401);
  });
});

describe('GET /identity/me', () => {
  test.each([
    ['camille', 'holder'],
    ['docteur', 'professional'],
    ['campagne', 'agent'],
    ['laboratoire', 'establishment'],
  ])('tells %s who the token is taken for', async (person, kind) => {
    const answer = await world.request({ path: '/identity/me', token: await token(person) });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ kind, subject: expect.any(String) });
  });

  test.each([
    ['expired', '&expired=true'],
    ['for another audience', '&audience=other'],
    ['an ID token', '&tokenUse=id'],
  ])('takes no token that is %s', async (_, wish) => {
    const bad = await token('camille', wish);
    expect(bad.split('.')).toHaveLength(3);
    expect((await world.request({ path: '/identity/me', token: bad })).status).toBe(401);
  });
});
