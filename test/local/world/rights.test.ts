import { describe, expect, test } from 'vitest';
import { judge, PolicyStatement, requirePlayable } from '#infra/local/door/policy.ts';
import { mayCall, namingOf, rightsOf } from '#infra/local/door/rights.ts';

const table = 'arn:aws:dynamodb:eu-west-3:000000000000:table/people';
const statement = (given: object) =>
  PolicyStatement.parse({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table, ...given });
const get = { action: 'dynamodb:GetItem', resource: table };

describe('a role', () => {
  test('may do nothing that no statement allows', () => {
    expect(judge([], get).allowed).toBe(false);
    expect(judge([statement({})], { ...get, action: 'dynamodb:PutItem' }).allowed).toBe(false);
    expect(judge([statement({})], { ...get, resource: `${table}/index/due` }).allowed).toBe(false);
  });

  test('an explicit deny wins over any allow, wherever it stands', () => {
    const deny = statement({ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' });
    expect(judge([statement({}), deny], get).allowed).toBe(false);
    expect(judge([deny, statement({})], get).allowed).toBe(false);
  });

  test.each([
    ['dynamodb:*', true],
    ['dynamodb:Get*', true],
    ['DYNAMODB:getitem', true],
    ['dynamodb:Get?tem', true],
    ['dynamodb:Get', false],
    ['*', true],
  ])('action pattern %s allows GetItem: %s', (Action, allowed) => {
    expect(judge([statement({ Action })], get).allowed).toBe(allowed);
  });

  test.each([
    ['arn:aws:s3:::intake/incoming/*', true],
    ['arn:aws:s3:::intake/incoming', false],
    ['arn:aws:s3:::intake/inc?ming/a.csv', true],
    ['arn:aws:s3:::intake/*', true],
    ['arn:aws:s3:::other/*', false],
    ['arn:aws:s3:::intake/INCOMING/*', false],
  ])('resource pattern %s covers incoming/a.csv: %s', (Resource, allowed) => {
    const need = { action: 's3:GetObject', resource: 'arn:aws:s3:::intake/incoming/a.csv' };
    expect(judge([statement({ Action: 's3:GetObject', Resource })], need).allowed).toBe(allowed);
  });

  test('a condition must hold, and a fact that the call lacks fails it', () => {
    const Condition = { StringEquals: { 'kms:ViaService': 'sqs.eu-west-3.amazonaws.com' } };
    const decrypt = { action: 'kms:Decrypt', resource: 'key' };
    const rights = [statement({ Action: 'kms:Decrypt', Resource: 'key', Condition })];
    const via = (service: string) => ({
      ...decrypt,
      facts: { 'kms:ViaService': `${service}.eu-west-3.amazonaws.com` },
    });
    expect(judge(rights, via('sqs')).allowed).toBe(true);
    expect(judge(rights, via('s3')).allowed).toBe(false);
    expect(judge(rights, decrypt).allowed).toBe(false);
  });

  test('a condition that home cannot judge stops the start', () => {
    const odd = statement({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } });
    expect(() => requirePlayable(odd, 'enrolment-api')).toThrow('IpAddress');
    const key = statement({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } });
    expect(() => requirePlayable(key, 'enrolment-api')).toThrow('aws:PrincipalTag/team');
  });

  test('NotAction and NotResource are refused, not misread', () => {
    expect(
      PolicyStatement.safeParse({ Effect: 'Allow', NotAction: 'x', Resource: '*' }).success,
    ).toBe(false);
  });
});

describe('a permission', () => {
  const nameOf = namingOf(
    new Map([
      [table, 'ENROLMENT_TABLE'],
      ['arn:aws:s3:::intake', 'INTAKE_BUCKET'],
    ]),
  );

  test('is named as people do: table, index, prefix, stream without its label', () => {
    expect(nameOf(`${table}/index/due`)).toBe('ENROLMENT_TABLE/index/due');
    expect(nameOf(`${table}/stream/2026-01-01T00:00:00.000`)).toBe('ENROLMENT_TABLE/stream');
    expect(nameOf('arn:aws:s3:::intake/incoming/*')).toBe('INTAKE_BUCKET/incoming/*');
    expect(nameOf('*')).toBe('*');
  });

  test('taken out of the template is refused under the name that it had', () => {
    const statements = [
      PolicyStatement.parse({
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: 'arn:aws:s3:::intake/incoming/*',
      }),
    ];
    const without = [
      { function: 'enrolment-intake', permission: 's3:GetObject on INTAKE_BUCKET/incoming/*' },
    ];
    const rights = rightsOf('enrolment-intake', statements, { nameOf, without });
    const need = (action: string) => ({ action, resource: 'arn:aws:s3:::intake/incoming/a.csv' });
    expect(mayCall(rights, need('s3:GetObject'), nameOf)).toMatchObject({
      allowed: false,
      permission: 's3:GetObject on INTAKE_BUCKET/incoming/*',
      resource: 'INTAKE_BUCKET/incoming/a.csv',
    });
    expect(mayCall(rights, need('s3:PutObject'), nameOf)).toMatchObject({ allowed: true });
    const other = rightsOf('enrolment-api', statements, { nameOf, without });
    expect(mayCall(other, need('s3:GetObject'), nameOf)).toMatchObject({ allowed: true });
  });
});
