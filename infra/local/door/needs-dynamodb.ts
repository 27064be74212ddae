import * as z from 'zod';
import type { Call } from './call.ts';
import { type Premises, UnknownOperation } from './needs.ts';
import type { Need } from './policy.ts';

const Named = z.looseObject({ TableName: z.string() });
const Searched = Named.extend({ IndexName: z.string().optional() });
const byTable = z.record(z.string(), z.unknown());
const Batch = z.looseObject({ RequestItems: byTable });
const Transaction = z.looseObject({ TransactItems: z.array(z.record(z.string(), Named)) });

const single = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'DescribeTable',
  'DescribeTimeToLive',
];
const parts: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** A transaction needs the action of each part, a query on an index the index, a table under a key that key. */
export function databaseNeeds({ operation, input }: Call, premises: Premises): Need[] {
  if (operation === 'ListTables') return [{ action: 'dynamodb:ListTables', resource: '*' }];
  if (single.includes(operation)) return onTable(operation, Named.parse(input).TableName, premises);
  if (operation === 'Query' || operation === 'Scan') {
    const { TableName, IndexName } = Searched.parse(input);
    const [first, ...implied] = onTable(operation, TableName, premises);
    if (first === undefined || IndexName === undefined)
      return [first, ...implied].flatMap((need) => need ?? []);
    return [{ ...first, resource: `${first.resource}/index/${IndexName}` }, ...implied];
  }
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return Object.keys(Batch.parse(input).RequestItems).flatMap((name) =>
      onTable(operation, name, premises),
    );
  }
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    const wanted = Transaction.parse(input).TransactItems.flatMap((item) =>
      Object.entries(item).flatMap(([part, { TableName }]) => {
        const action = parts[part];
        if (action === undefined) throw new UnknownOperation(`dynamodb:${operation} with ${part}`);
        return onTable(action, TableName, premises);
      }),
    );
    return distinct(wanted);
  }
  throw new UnknownOperation(`dynamodb:${operation}`);
}

/** Reading a stream: its own ARN, and the table's key for what the records carry. */
export function streamNeeds({ operation, input }: Call, premises: Premises): Need[] {
  const action = `dynamodb:${operation}`;
  if (operation === 'ListStreams') return [{ action, resource: '*' }];
  if (!['DescribeStream', 'GetShardIterator', 'GetRecords'].includes(operation))
    throw new UnknownOperation(action);
  const resource = streamArnOf(input, premises);
  const table = premises.inventory.tables.find((one) => resource.startsWith(`${one.arn}/`));
  const needs: Need[] = [{ action, resource }];
  if (operation === 'GetRecords') needs.push(...underKey(table?.keyArn, premises));
  return needs;
}

/** An iterator carries its stream's ARN, at home in DynamoDB Local's own region and account. */
function streamArnOf(input: Call['input'], { region, account }: Premises): string {
  const { StreamArn, ShardIterator } = z
    .looseObject({ StreamArn: z.string().optional(), ShardIterator: z.string().optional() })
    .parse(input);
  const found = StreamArn ?? /arn:aws:dynamodb:[^|]+/.exec(ShardIterator ?? '')?.[0] ?? '';
  return found.replace(/^arn:aws:dynamodb:[^:]*:[^:]*:/, `arn:aws:dynamodb:${region}:${account}:`);
}

function onTable(operation: string, nameOrArn: string, premises: Premises): Need[] {
  const { region, account, inventory } = premises;
  const name = nameOrArn.split(':table/').at(-1) ?? nameOrArn;
  const resource = `arn:aws:dynamodb:${region}:${account}:table/${name}`;
  const table = inventory.tables.find((one) => one.arn === resource);
  return [{ action: `dynamodb:${operation}`, resource }, ...underKey(table?.keyArn, premises)];
}

function underKey(keyArn: string | undefined, { region, account }: Premises): Need[] {
  if (keyArn === undefined) return [];
  const facts = {
    'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
    'kms:CallerAccount': account,
  };
  return [{ action: 'kms:Decrypt', resource: keyArn, facts }];
}

function distinct(needs: readonly Need[]): Need[] {
  return [...new Map(needs.map((need) => [`${need.action} ${need.resource}`, need])).values()];
}
