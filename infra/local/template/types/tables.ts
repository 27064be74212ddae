import * as z from 'zod';
import type { ResourceHandler, ResourceHandlers, Workshop } from '../workshop.ts';
import { physicalName, saidName } from '../workshop.ts';

const KeySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);
const Encryption = z.looseObject({ KMSMasterKeyId: z.string().optional() });
const TableProperties = z.looseObject({
  TableName: z.string().optional(),
  KeySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z
    .array(z.looseObject({ IndexName: z.string(), KeySchema, Projection: z.unknown() }))
    .optional(),
  StreamSpecification: z.looseObject({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z
    .looseObject({ AttributeName: z.string().optional(), Enabled: z.boolean() })
    .optional(),
  SSESpecification: Encryption.optional(),
  Replicas: z.array(z.looseObject({ SSESpecification: Encryption.optional() })).optional(),
});
type TableProperties = z.infer<typeof TableProperties>;

const Description = z.looseObject({
  Table: z.looseObject({
    LatestStreamArn: z.string().optional(),
    KeySchema,
    GlobalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string(), KeySchema })).optional(),
  }),
});

const table: ResourceHandler = {
  uses: [...Object.keys(TableProperties.shape)],
  async make(resource, workshop) {
    const wanted = TableProperties.parse(resource.properties);
    const name = physicalName(resource, wanted.TableName);
    const { Table: found } =
      (await describe(name, workshop)) ?? (await create(name, wanted, workshop));
    refuseChange(name, wanted, found);
    const { region, account, inventory } = workshop;
    const arn = `arn:aws:dynamodb:${region}:${account}:table/${name}`;
    const label = found.LatestStreamArn?.split('/stream/')[1];
    const streamArn = label === undefined ? undefined : `${arn}/stream/${label}`;
    const expiry = wanted.TimeToLiveSpecification;
    inventory.tables.push({
      name,
      arn,
      hash: keyOf(wanted, 'HASH') ?? '',
      range: keyOf(wanted, 'RANGE'),
      keyArn:
        wanted.SSESpecification?.KMSMasterKeyId ??
        wanted.Replicas?.[0]?.SSESpecification?.KMSMasterKeyId,
      expiry: expiry?.Enabled ? expiry.AttributeName : undefined,
      streamArn,
    });
    inventory.names.set(arn, saidName(resource.logicalId));
    return {
      ref: name,
      attributes: { Arn: arn, TableId: name, ...(streamArn && { StreamArn: streamArn }) },
    };
  },
};

export const tables: ResourceHandlers = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
};

async function describe(name: string, { dynamodb }: Workshop) {
  const answer = await dynamodb('DynamoDB_20120810.DescribeTable', { TableName: name });
  if (answer.status === 200) return Description.parse(answer.body);
  if (answer.error === 'ResourceNotFoundException') return undefined;
  throw new Error(`Table ${name}: ${answer.error} ${answer.message}`);
}

async function create(name: string, wanted: TableProperties, workshop: Workshop) {
  const answer = await workshop.dynamodb('DynamoDB_20120810.CreateTable', {
    TableName: name,
    KeySchema: wanted.KeySchema,
    AttributeDefinitions: wanted.AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes?.map(
      ({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      }),
    ),
    StreamSpecification: wanted.StreamSpecification && {
      StreamEnabled: true,
      StreamViewType: wanted.StreamSpecification.StreamViewType,
    },
  });
  if (answer.status !== 200) throw new Error(`Table ${name}: ${answer.error} ${answer.message}`);
  const made = await describe(name, workshop);
  if (made === undefined) throw new Error(`Table ${name} was made and is not there`);
  return made;
}

/** A folder made from an older template would answer queries wrongly; it has to be begun anew. */
function refuseChange(
  name: string,
  wanted: TableProperties,
  found: z.infer<typeof Description>['Table'],
): void {
  const shape = (of: Pick<TableProperties, 'KeySchema'> & { IndexName?: string }) =>
    [of.IndexName, ...of.KeySchema.map((key) => `${key.KeyType} ${key.AttributeName}`).sort()].join(
      ' ',
    );
  const all = (
    of: Pick<TableProperties, 'KeySchema'>,
    indexes: readonly (Pick<TableProperties, 'KeySchema'> & { IndexName: string })[] = [],
  ) => [shape(of), ...indexes.map(shape).sort()].join('; ');
  if (all(wanted, wanted.GlobalSecondaryIndexes) !== all(found, found.GlobalSecondaryIndexes)) {
    throw new Error(
      `Table ${name} has other keys or indexes in this folder than in the code: start with --fresh.`,
    );
  }
}

function keyOf(wanted: TableProperties, type: 'HASH' | 'RANGE'): string | undefined {
  return wanted.KeySchema.find((key) => key.KeyType === type)?.AttributeName;
}
