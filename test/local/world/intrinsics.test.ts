import { describe, expect, test } from 'vitest';
import { type Made, resolve } from '#infra/local/template/intrinsics.ts';
import { creationOrder } from '#infra/local/template/order.ts';
import { type StackTemplate, Template } from '#infra/local/template/template.ts';

function stack(name: string, template: object): StackTemplate {
  return { name, template: Template.parse(template), assetFolder: (key) => key };
}

const data = stack('data', {
  Resources: { Table: { Type: 'T' } },
  Outputs: {
    TableArn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] }, Export: { Name: 'data:TableArn' } },
  },
});
const api = stack('api', {
  Resources: { Fn: { Type: 'F', Properties: { Arn: { 'Fn::ImportValue': 'data:TableArn' } } } },
  Parameters: { Version: { Type: 'String', Default: '7' }, Secret: { Type: 'String' } },
  Conditions: {
    InParis: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-3'] },
    Not: { 'Fn::Not': [{ Condition: 'InParis' }] },
  },
  Mappings: { Sizes: { paris: { small: '1' } } },
});
const made = new Map<string, Made>([
  ['data/Table', { ref: 'table-1', attributes: { Arn: 'arn:aws:dynamodb:x:y:table/table-1' } }],
  ['api/Fn', { ref: 'fn-1', attributes: {} }],
]);
const around = { region: 'eu-west-3', account: '000000000000', stacks: [data, api], made };
const evaluated = (value: unknown) => resolve(value, api, around);

describe('a template expression', () => {
  test.each([
    [{ Ref: 'Fn' }, 'fn-1'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'Version' }, '7'],
    [{ 'Fn::ImportValue': 'data:TableArn' }, 'arn:aws:dynamodb:x:y:table/table-1'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Fn' }, 3]] }, 'a-fn-1-3'],
    [{ 'Fn::Sub': `\${AWS::Region}/\${Fn}/\${!Kept}` }, `eu-west-3/fn-1/\${Kept}`],
    [{ 'Fn::Sub': [`\${x}`, { x: { Ref: 'Fn' } }] }, 'fn-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::If': ['InParis', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Not', 'yes', 'no'] }, 'no'],
    [{ 'Fn::FindInMap': ['Sizes', 'paris', 'small'] }, '1'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
  ])('%j is %j', (value, expected) => {
    expect(evaluated(value)).toEqual(expected);
  });

  test.each([
    [{ 'Fn::Cidr': ['10.0.0.0/8', 1, 1] }, 'Fn::Cidr'],
    [{ Ref: 'Nobody' }, 'Nobody'],
    [{ 'Fn::GetAtt': ['Fn', 'Colour'] }, 'Fn.Colour'],
    [{ 'Fn::ImportValue': 'data:Nothing' }, 'data:Nothing'],
    [{ Ref: 'Secret' }, 'Secret'],
    [{ 'Fn::Select': [5, ['a']] }, 'Fn::Select 5'],
  ])('%j fails with its name', (value, named) => {
    expect(() => evaluated(value)).toThrow(named);
  });
});

describe('the order of creation', () => {
  const used = (_type: string, properties: Record<string, unknown>) => properties;

  test('puts a resource after those that it refers to, over stacks', () => {
    const order = creationOrder({ ...around, stacks: [api, data] }, used);
    expect(order).toEqual(['data/Table', 'api/Fn']);
  });

  test('names the way round of a circle', () => {
    const circle = stack('c', {
      Resources: {
        A: { Type: 'T', Properties: { x: { Ref: 'B' } } },
        B: { Type: 'T', Properties: { x: { 'Fn::Sub': `\${A.Arn}` } } },
      },
    });
    expect(() => creationOrder({ ...around, stacks: [circle] }, used)).toThrow('c/A -> c/B -> c/A');
  });

  test('does not see what no handler reads (key policies that name roles that name the key)', () => {
    const policies = stack('p', {
      Resources: {
        Key: { Type: 'K', Properties: { Policy: { Ref: 'Role' } } },
        Role: { Type: 'R', Properties: { Key: { Ref: 'Key' } } },
      },
    });
    const without = (type: string, properties: Record<string, unknown>) =>
      type === 'K' ? {} : properties;
    expect(creationOrder({ ...around, stacks: [policies] }, without)).toEqual(['p/Key', 'p/Role']);
  });
});
