import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openOperations } from '#infra/checks/house-checks.ts';
import { entriesOf } from '#infra/entries.ts';
import { publicOperations } from '#infra/gateway-body.ts';
import { openApi } from '#infra/openapi.ts';
import { cloudOf, pointsAt } from '#test/support/cloud.ts';

const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  responses: z.record(z.string(), z.unknown()),
});
const Body = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});
const Integration = z.object({ uri: z.unknown(), type: z.string(), timeoutInMillis: z.number() });

const entries = entriesOf();
const cloud = cloudOf();
const [api] = cloud.ofType('AWS::ApiGateway::RestApi');
const gateway = Body.parse(api?.properties.Body);
const document = openApi(entries);
const documented = Body.parse(document);

const operations = ({ paths }: z.infer<typeof Body>) =>
  Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
const names = (body: z.infer<typeof Body>) =>
  operations(body)
    .map(({ name }) => name)
    .sort();
const declared = entries
  .flatMap(({ routes }) => routes.map(({ method, path }) => `${method} ${path}`))
  .sort();

describe('the contract', () => {
  test('every declared route is documented and deployed, and nothing else', () => {
    expect(names(documented)).toEqual(declared);
    expect(names(gateway)).toEqual(declared);
    expect(declared.length).toBeGreaterThan(8);
  });

  test('it is OpenAPI 3.1 for readers and 3.0 for the gateway, which imports no other', () => {
    expect(documented.openapi).toBe('3.1.0');
    expect(gateway.openapi).toBe('3.0.1');
  });

  test('it says for each operation who may call, what is sent, and what is answered', () => {
    for (const { routes } of entries) {
      for (const route of routes) {
        const operation = documented.paths[route.path]?.[route.method.toLowerCase()];
        expect(operation?.['x-callers']).toEqual(route.callers);
        expect(Object.keys(operation?.responses ?? {})).toEqual([
          ...Object.keys(route.answers),
          'default',
        ]);
        expect(operation?.requestBody !== undefined, route.path).toBe(route.body !== undefined);
        for (const code of route.refusals ?? [])
          expect(JSON.stringify(operation?.responses.default)).toContain(code);
      }
    }
  });

  test('every parameter of a path is described, and operations have names of their own', () => {
    for (const { name, operation } of operations(documented)) {
      const inPath = [...name.matchAll(/\{([^}]+)\}/g)].map(([, word]) => word);
      const Parameters = z.array(
        z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() }),
      );
      const described = Parameters.parse(operation.parameters).filter(
        (parameter) => parameter.in === 'path',
      );
      expect(
        described.map((parameter) => parameter.name),
        name,
      ).toEqual(inPath);
      expect(
        described.every(({ required }) => required),
        name,
      ).toBe(true);
    }
    const ids = operations(documented).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every reference leads somewhere, and no schema is left as a stub', () => {
    const text = JSON.stringify(document);
    for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = path.split('/').reduce<unknown>((at, word) => Object(at)[word], document);
      expect(target, path).toBeDefined();
    }
    expect(text).not.toContain('"schema":{}');
  });

  test('no path or query carries an identity or a code', () => {
    const spoken = /nir|ins\b|matricule|code\b|mail|name|birth/i;
    for (const { routes } of entries) {
      for (const { path, query } of routes) {
        const words = [...path.matchAll(/\{([^}]+)\}/g)].map(([, word]) => word ?? '');
        for (const word of [...words, ...Object.keys(query?.shape ?? {})])
          expect(word, path).not.toMatch(spoken);
      }
    }
  });
});

describe('the gateway', () => {
  test('asks for a token everywhere but where a room declares a route for everyone', () => {
    expect(openOperations(api?.properties.Body)).toHaveLength(publicOperations(entries).length);
    expect([...openOperations(api?.properties.Body)].sort()).toEqual(publicOperations(entries));
    expect(publicOperations(entries)).toEqual([
      'GET /courrier',
      'GET /courrier/nouveau-code',
      'GET /courrier/nouveau-code-pour-un-enfant',
      'GET /courrier/refuser',
      'GET /courrier/refuser-pour-un-enfant',
      'GET /enrolment/certificate-keys',
      'GET /enrolment/counters',
      'GET /fhir/metadata',
      'GET /health',
      'GET /openapi.json',
      'GET /statistics/published',
      'GET /statistics/published.csv',
      'GET /statistics/published/editions',
      'POST /courrier/nouveau-code',
      'POST /courrier/nouveau-code-pour-un-enfant',
      'POST /courrier/refuser',
      'POST /courrier/refuser-pour-un-enfant',
      'POST /enrolment/codes',
      'POST /enrolment/opposition-proofs',
      'POST /enrolment/oppositions',
    ]);
  });

  test('asks the authorizer anew each time', () => {
    expect(JSON.stringify(api?.properties.Body)).toContain('"authorizerResultTtlInSeconds":0');
  });

  test('hands each operation to the function of its entry', () => {
    for (const entry of entries) {
      for (const { method, path } of entry.routes) {
        const operation = gateway.paths[path]?.[method.toLowerCase()];
        const { uri, type } = Integration.parse(operation?.['x-amazon-apigateway-integration']);
        expect(type).toBe('aws_proxy');
        const [target = ''] = pointsAt(uri).filter((id) => !id.startsWith('AWS::'));
        expect(
          target.startsWith(entry.id.replaceAll('-', '')),
          `${method} ${path} -> ${target}`,
        ).toBe(true);
      }
    }
  });

  test('tells its own errors as problems, with the headers of every other answer', () => {
    const Responses = z.record(
      z.string(),
      z.object({
        statusCode: z.number().optional(),
        responseParameters: z.record(z.string(), z.string()),
        responseTemplates: z.object({ 'application/json': z.string() }),
      }),
    );
    const responses = Responses.parse(gateway['x-amazon-apigateway-gateway-responses']);
    expect(Object.keys(responses).length).toBe(21);
    for (const [kind, { statusCode, responseParameters, responseTemplates }] of Object.entries(
      responses,
    )) {
      const problem = JSON.parse(responseTemplates['application/json']);
      expect(problem, kind).toMatchObject({
        type: expect.stringMatching(/^urn:problem:/),
        title: expect.any(String),
        code: expect.any(String),
      });
      if (statusCode !== undefined) expect(problem.status, kind).toBe(statusCode);
      expect(responseParameters['gatewayresponse.header.Cache-Control'], kind).toBe("'no-store'");
      for (const value of Object.values(responseParameters))
        expect(value, kind).toMatch(/^'[^']+'$/);
    }
  });

  test('writes one line a request without address, token or values of the path', () => {
    const [stage] = cloud.ofType('AWS::ApiGateway::Stage');
    const { Format } = z.object({ Format: z.string() }).parse(stage?.properties.AccessLogSetting);
    expect(Format).not.toMatch(
      /identity|authorizer\.(?!status)|context\.path|sourceIp|userAgent|claims/,
    );
    expect(stage?.properties).toMatchObject({ TracingEnabled: true });
    expect(JSON.stringify(stage?.properties.MethodSettings)).toContain('"DataTraceEnabled":false');
  });

  test('stands behind the firewall, which keeps no samples of requests', () => {
    const [acl] = cloud.ofType('AWS::WAFv2::WebACL');
    const text = JSON.stringify(acl?.properties);
    for (const set of ['AmazonIpReputationList', 'KnownBadInputs', 'CommonRuleSet'])
      expect(text).toContain(set);
    expect(text).not.toContain('"SampledRequestsEnabled":true');
    expect(cloud.ofType('AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
  });
});
