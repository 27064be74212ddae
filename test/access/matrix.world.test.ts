import '#test/enrolment/races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { entriesOf } from '#infra/entries.ts';
import { rooms } from '#infra/rooms.ts';
import type { Route } from '#shared/http/route.ts';
import { world } from '#test/enrolment/races/in-process.ts';
import { codeOf } from '#test/support/code-of.ts';
import { atCounter, guardianAndChildren, type TriedCaller, triedCallers } from './callers.ts';
import { placed } from './placed.ts';

const routes: [string, Route][] = rooms.flatMap(({ routes = {} }) =>
  Object.values(routes).map((route): [string, Route] => [`${route.method} ${route.path}`, route]),
);

let callers: TriedCaller[] = [];
let guardian: Awaited<ReturnType<typeof guardianAndChildren>>;
beforeAll(async () => {
  callers = await triedCallers();
  guardian = await guardianAndChildren();
});

/** Functions that answer HTTP; readers of streams have their own life. */
const answering = new Set(
  entriesOf().flatMap(({ id, routes, isAuthorizer }) =>
    routes.length > 0 || isAuthorizer ? [id] : [],
  ),
);

const isPublic = ({ callers }: Route) => callers.includes('public');
/** What a guardian decides about the whole of a child's record, be it closed. */
const decidesForChild = ({ refusals = [] }: Route) => refusals.includes('access/not-guardian');
const opensRecord = ({ refusals = [] }: Route) => refusals.includes('access/not-linked');

/** A session at a counter may have been ended by the route before. */
const renewed = async (caller: TriedCaller) => (caller.kind === 'assisted' ? atCounter() : caller);

/** What a caller must be told by a route, as its declaration says; undefined where it is for him. */
function refusalFor(route: Route, caller: TriedCaller): string | undefined {
  if (isPublic(route)) return undefined;
  if (caller.kind === 'public') return 'request/unauthenticated';
  if (!route.callers.includes(caller.kind)) return 'request/not-allowed';
  if (opensRecord(route) && caller.own !== undefined && caller.own !== 'granted') return caller.own;
  return undefined;
}

async function call(
  name: string,
  { method }: Route,
  { token }: Pick<TriedCaller, 'token'>,
  actingFor?: string,
) {
  const { path, body, headers } = placed[name] ?? { path: '' };
  const answer = await world.request({
    ...{ method, path },
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...(actingFor ? { 'x-acting-for': actingFor } : {}),
    },
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, code: codeOf(answer.body) };
}

test('every declared route is placed, and nothing else', () => {
  expect(Object.keys(placed).sort()).toEqual(routes.map(([name]) => name).sort());
});

test('every kind of caller that a route may name is tried', () => {
  const kinds = new Set(routes.flatMap(([, route]) => route.callers));
  for (const kind of kinds) expect(callers.map((one) => one.kind)).toContain(kind);
});

describe.each(routes)('%s', (name, route) => {
  test('is closed to whom it is not declared for, before anything is read', async () => {
    const closed = callers.filter(
      (caller) => !isPublic(route) && !route.callers.includes(caller.kind),
    );
    await world.clearCounts();
    for (const caller of closed) {
      const { status, code } = await call(name, route, caller);
      const expected = caller.kind === 'public' ? 401 : 403;
      expect([caller.name, status, code]).toEqual([
        caller.name,
        expected,
        refusalFor(route, caller),
      ]);
    }
    const calls = (await world.counts()).filter((one) => answering.has(one.function));
    // Whether a session at a counter runs is all that is looked up, by the authorizer, once.
    const looked = closed.some(({ kind }) => kind === 'assisted') ? 1 : 0;
    const told = calls.map(({ function: id, action, calls: n }) => `${id} ${action} ${n}`);
    expect(told).toEqual(looked === 0 ? [] : ['identity-authorizer dynamodb:GetItem 1']);
  });

  test('answers whom it is for, with what it declares', async () => {
    const { answers, refusals = [] } = route;
    const open = callers.filter((caller) => isPublic(route) || route.callers.includes(caller.kind));
    expect(open).not.toEqual([]);
    for (const caller of open) {
      const { status, code } = await call(name, route, await renewed(caller));
      const refused = refusalFor(route, caller);
      if (refused !== undefined) expect([caller.name, code]).toEqual([caller.name, refused]);
      else {
        const isDeclared = status in answers || refusals.includes(code ?? '');
        expect(isDeclared, `${caller.name}: ${status} ${code}`).toBe(true);
        expect(code ?? '', caller.name).not.toMatch(/^access\//);
      }
    }
  });

  test('MIN-3 lets a guardian in for his own minor child, where the route says so, and for nobody else', async () => {
    if (!route.callers.includes('holder')) return;
    expect(route.actsFor === true).toBe(opensRecord(route) || decidesForChild(route));
    const { token, own, others, grown } = guardian;
    const as = async (child: string) => (await call(name, route, { token }, child)).code ?? '';
    const nobody = 'a'.repeat(26);
    if (!route.actsFor) {
      for (const one of [own, others]) expect(await as(one)).toBe('request/not-for-another');
      return;
    }
    expect(await as(own)).not.toMatch(/^(access|request)\//);
    // What asks for a sign-in of minutes ago asks for it before anything is read.
    const refused = route.refusals?.includes('enrolment/sign-in-again')
      ? 'enrolment/sign-in-again'
      : 'access/not-guardian';
    for (const one of [others, grown, nobody]) expect(await as(one)).toBe(refused);
  });
});
