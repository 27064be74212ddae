import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Entry, entriesOf } from '#infra/entries.ts';
import { cloudOf } from '#test/support/cloud.ts';

/** The room of an API that has grown: as many further routes on one function. */
function grown(count: number): readonly Entry[] {
  const answers = { 200: z.strictObject({ id: z.string() }) };
  const routes = Array.from({ length: count }, (_, at) => ({
    name: `readThing${at}`,
    method: 'GET',
    path: `/identity/collections/{collection}/things-${at}/{thing}`,
    summary: 'A route that is here to weigh something',
    callers: ['holder', 'professional'],
    answers,
    rights: {},
  })) satisfies Entry['routes'];
  return entriesOf().map((entry) =>
    entry.id === 'identity-api' ? { ...entry, routes: [...entry.routes, ...routes] } : entry,
  );
}

const now = cloudOf('prod');
const then = cloudOf('prod', grown(200));

/** What CloudFormation takes: characters and resources of a template. */
const limits = { bytes: 1_000_000, resources: 500 };
/** What API Gateway takes: bytes of an imported definition, and resources (paths and their parts) of an API. */
const gatewayLimits = { bytes: 6 * 1024 * 1024, pathParts: 300 };

describe('with two hundred more routes', () => {
  test('no stack has one resource more', () => {
    const countsOf = ({ stacks }: typeof now) =>
      stacks.map(({ name, resources }) => [name, resources]);
    expect(countsOf(then)).toEqual(countsOf(now));
  });

  test('every template is far from what CloudFormation takes', () => {
    for (const { name, bytes, resources } of then.stacks) {
      expect(bytes, name).toBeLessThan(limits.bytes / 3);
      expect(resources, name).toBeLessThan(limits.resources * 0.4);
    }
    const size = ({ stacks }: typeof now) =>
      stacks.map(({ name, bytes }) => `${name} ${(bytes / 1024).toFixed(0)} KiB`).join(', ');
    console.log(`now: ${size(now)}; with 200 more routes: ${size(then)}`);
  });

  test('the definition is far from what the gateway takes', () => {
    const [api] = then.ofType('AWS::ApiGateway::RestApi');
    const body = JSON.stringify(api?.properties.Body);
    expect(body.length).toBeLessThan(gatewayLimits.bytes / 10);
    expect(body).toContain('things-199');
  });

  test('a function still has one permission', () => {
    expect(then.ofType('AWS::Lambda::Permission').length).toBe(
      now.ofType('AWS::Lambda::Permission').length,
    );
  });

  test('a changed definition is a new deployment, an unchanged one is not', () => {
    const deployment = ({ ofType }: typeof now) =>
      ofType('AWS::ApiGateway::Deployment').map(({ id }) => id);
    expect(deployment(then)).not.toEqual(deployment(now));
    expect(deployment(cloudOf('prod'))).toEqual(deployment(now));
  });
});

test('the paths of today are far from the parts that an API may have (a quota that AWS raises)', () => {
  const parts = new Set(
    entriesOf().flatMap(({ routes }) =>
      routes.flatMap(({ path }) => {
        const words = path.split('/').slice(1);
        return words.map((_, at) => words.slice(0, at + 1).join('/'));
      }),
    ),
  );
  expect(parts.size).toBeLessThan(gatewayLimits.pathParts / 2);
});
