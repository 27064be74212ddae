import { Stack, Validations } from 'aws-cdk-lib';
import { AuthorizationType, CfnMethod, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnUrl } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { type Finding, findingsIn } from '#infra/checks/nag.ts';
import {
  acknowledge,
  acknowledgementsOf,
  applyAcknowledgements,
} from '#infra/constructs/acknowledge.ts';
import { composed } from '#test/support/cloud.ts';

/**
 * Acknowledged findings, and the decisions (reasons) behind them: may fall, may not rise. Falling, it is
 * written down here. A new function brings the two findings of its decision against a network of our own, a new
 * queue that of its reader and that of where its failures end.
 */
const most = { findings: 158, decisions: 13 };

const app = composed();
const live = findingsIn(app);
const acknowledged = acknowledgementsOf(app);
const nameOf = ({ path, rule }: Pick<Finding, 'path' | 'rule'>) => `${rule} at ${path}`;
const declared = acknowledged.map(({ resource, finding }) =>
  nameOf({ path: resource.node.path, rule: finding }),
);

/** What is found in a stack of its own with something wrong planted in it. */
function planted(plant: (stack: Stack) => void): readonly string[] {
  const stack = new Stack(composed(), 'planted', { env: { region: 'eu-west-3' } });
  plant(stack);
  return findingsIn(stack).map(({ rule }) => rule);
}

function body(operation: object) {
  return {
    openapi: '3.0.1',
    info: { title: 'x', version: '1' },
    paths: { '/records': { get: operation } },
  };
}

describe('the rules of infrastructure (AwsSolutions, HIPAA Security, NIST 800-53 r5, Serverless, ours)', () => {
  test('every finding is acknowledged', () => {
    expect(live.map(nameOf).filter((name) => !declared.includes(name))).toEqual([]);
  });

  test('no acknowledgement is stale: each names a live finding', () => {
    const names = new Set(live.map(nameOf));
    expect(declared.filter((name) => !names.has(name))).toEqual([]);
  });

  test('none is declared twice, and each says why in a sentence', () => {
    expect(declared.filter((name, at) => declared.indexOf(name) !== at)).toEqual([]);
    for (const { reason } of acknowledged) expect(reason).toMatch(/^[A-Z].{30,}\.$/);
  });

  test('there are no more than before, neither findings nor decisions', () => {
    const decisions = new Set(acknowledged.map(({ reason }) => reason)).size;
    console.log(
      `${acknowledged.length} findings acknowledged by ${decisions} decisions, 0 open ` +
        `(at most ${most.findings} and ${most.decisions})`,
    );
    expect({ findings: acknowledged.length, decisions }, 'fewer: lower the numbers').toEqual(most);
  });

  test('none is made around the helper, so none on the app, a stack or any parent', () => {
    const nodes: readonly IConstruct[] = app.node.findAll();
    const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
    expect(nodes.filter(({ node }) => node.metadata.some(({ type }) => type === key))).toEqual([]);
  });

  test('once applied, the packs themselves find nothing', () => {
    const other = composed('prod');
    applyAcknowledgements(other);
    expect(findingsIn(other).map(nameOf)).toEqual([]);
  });

  test('an acknowledgement on a construct of many resources is refused', () => {
    expect(() => acknowledge(new Stack(), ['AwsSolutions-S1'], 'Hides what comes later.')).toThrow(
      'no single resource',
    );
  });
});

describe('what is planted is found', () => {
  test('a bucket without encryption', () => {
    const found = planted((stack) => new CfnBucket(stack, 'bucket'));
    expect(found).toContain(
      'HIPAA.Security-S3BucketSSEKMSEnabled'.replace(
        'S3BucketSSEKMSEnabled',
        'S3DefaultEncryptionKMS',
      ),
    );
    expect(found).toContain('AwsSolutions-S10');
  });

  test('a public method as a resource', () => {
    const found = planted((stack) => {
      new CfnMethod(stack, 'method', {
        httpMethod: 'GET',
        resourceId: 'r',
        restApiId: 'a',
        authorizationType: AuthorizationType.NONE,
      });
    });
    expect(found).toContain('House-MethodOutsideBody');
    expect(found).toContain('AwsSolutions-APIG4');
  });

  test.each([
    ['without security', {}],
    ['with empty security', { security: [] }],
    ['with an alternative that asks for nothing', { security: [{ token: [] }, {}] }],
    ['with a scheme that is not the authorizer', { security: [{ apiKey: [] }] }],
  ])('an operation of the gateway body %s', (_, operation) => {
    const found = planted((stack) => new CfnRestApi(stack, 'api', { body: body(operation) }));
    expect(found).toContain('House-PublicOperation[GET /records]');
  });

  test('but not one behind the authorizer', () => {
    const found = planted(
      (stack) => new CfnRestApi(stack, 'api', { body: body({ security: [{ token: [] }] }) }),
    );
    expect(found.filter((rule) => rule.startsWith('House'))).toEqual([]);
  });

  test('a function with an address of its own', () => {
    const found = planted(
      (stack) => new CfnUrl(stack, 'url', { authType: 'NONE', targetFunctionArn: 'f' }),
    );
    expect(found).toContain('House-FunctionUrl');
  });
});
