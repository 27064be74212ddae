import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Entry, entriesOf } from '#infra/entries.ts';
import type { Room } from '#infra/rooms.ts';
import { unionOfRights } from '#infra/union-of-rights.ts';
import type { Rights } from '#shared/rights.ts';
import { cloudOf, type Deployed, pointsAt } from '#test/support/cloud.ts';

const cloud = cloudOf();
const entries = entriesOf();
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const Policy = z.object({
  Statement: z.array(
    z.object({
      Effect: z.literal('Allow'),
      Action: z.union([z.string(), z.array(z.string())]),
      Resource: z.unknown(),
    }),
  ),
});

/** The name by which a room knows a resource of the data and keys stacks. */
function plain(logicalId: string): string {
  const known = [
    'DOCUMENTS_TABLE',
    'ENROLMENT_TABLE',
    'IDENTITY_TABLE',
    'JOURNAL_TABLE',
    'KEYS_TABLE',
    'NOTICES_TABLE',
    'STATISTICS_TABLE',
    'INTAKE_BUCKET',
    'LETTERS_BUCKET',
    'TRANSFER_BUCKET',
    'VAULT_BUCKET',
    'INTAKE_QUEUE',
    'SENDING_QUEUE',
    'OPENING_QUEUE',
    'LETTERS_QUEUE',
    'DELETION_QUEUE',
    'TRANSFER_QUEUE',
    'IDENTITY_KEY',
    'HOLDER_KEY',
    'CERTIFICATE_KEY',
    'EVENT_BUS',
    'MAIL_CONFIGURATION_SET',
    'MAIL_FROM',
    'SMS_CONFIGURATION_SET',
    'SMS_FROM',
  ];
  const found = known.find((name) =>
    logicalId.replace(/^(mail|sms)/, '').startsWith(name.replaceAll('_', '')),
  );
  return found ?? logicalId.replace(/[0-9A-F]{8}$/, '');
}

/** `/index/due`, `/incoming/*`: what stands behind an ARN in a resource of a statement. */
function suffixOf(resource: unknown): string {
  const Joined = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });
  const joined = Joined.safeParse(resource);
  const last = joined.success ? joined.data['Fn::Join'][1].at(-1) : undefined;
  return typeof last === 'string' ? last : '';
}

/** What a function's role may do, as `dynamodb:Query on ENROLMENT_TABLE/index/due`. */
function grantedTo(entry: Entry): readonly string[] {
  const id = `${entry.id.replaceAll('-', '')}rights`;
  const policy = cloud.ofType('AWS::IAM::ManagedPolicy').find((one) => one.id.startsWith(id));
  const granted = Policy.parse(policy?.properties.PolicyDocument).Statement.flatMap(
    ({ Action, Resource }) =>
      list(Action).flatMap((action) =>
        list(Resource).flatMap((resource) =>
          pointsAt(resource)
            .filter((target) => !target.startsWith('AWS::'))
            .map((target) => `${action} on ${plain(target)}${suffixOf(resource)}`),
        ),
      ),
  );
  return [...new Set(granted)].sort();
}

const named = (declared: { readonly [name: string]: readonly unknown[] | undefined } | undefined) =>
  Object.entries(declared ?? {}).map(([name, items]) => [name, items ?? []] as const);

/** What a function must be able to do, read from the declarations by hand, implied rights included. */
function neededBy({ id, rights, queues, subscribers }: Entry): readonly string[] {
  const needed = [
    `logs:CreateLogStream on ${id.replaceAll('-', '')}logs`,
    `logs:PutLogEvents on ${id.replaceAll('-', '')}logs`,
    'sqs:SendMessage on failures',
    'kms:Decrypt on messages',
    'kms:GenerateDataKey on messages',
  ];
  for (const [table, actions] of named(rights.tables)) {
    needed.push(
      ...actions.map((action) => `dynamodb:${action} on ${table}`),
      'kms:Decrypt on records',
    );
  }
  for (const [table, indexes] of named(rights.indexes)) {
    needed.push(
      ...indexes.map((index) => `dynamodb:Query on ${table}/index/${index}`),
      'kms:Decrypt on records',
    );
  }
  for (const [bucket, uses] of Object.entries(rights.buckets ?? {})) {
    for (const { action, prefix } of uses) {
      const isListing = action === 'ListBucketVersions';
      needed.push(`s3:${action} on ${bucket}${isListing ? '' : `/${prefix}*`}`);
      if (action === 'PutObject') needed.push('kms:GenerateDataKey on files');
      if (action === 'GetObject') needed.push('kms:Decrypt on files');
    }
  }
  for (const [queue, actions] of named(rights.queues))
    needed.push(...actions.map((action) => `sqs:${action} on ${queue}`));
  for (const [key, actions] of named(rights.keys))
    needed.push(...actions.map((action) => `kms:${action} on ${key}`));
  if (rights.mail)
    needed.push('ses:SendEmail on MAIL_FROM', 'ses:SendEmail on MAIL_CONFIGURATION_SET');
  if (rights.sms)
    needed.push(
      'sms-voice:SendTextMessage on SMS_FROM',
      'sms-voice:SendTextMessage on SMS_CONFIGURATION_SET',
    );
  if (rights.events) needed.push('events:PutEvents on EVENT_BUS');
  const facts = subscribers
    .filter(({ kind }) => kind !== 'stream')
    .map(({ name }) => `${id}-${name}`.replaceAll('-', ''));
  for (const queue of [...queues.map((one) => one.queue), ...facts]) {
    needed.push(
      ...['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
        (action) => `sqs:${action} on ${queue}`,
      ),
    );
  }
  if (subscribers.some(({ kind }) => kind === 'stream')) {
    needed.push(
      ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
        (action) => `dynamodb:${action} on JOURNAL_TABLE`,
      ),
    );
    needed.push('kms:Decrypt on records');
  }
  return [...new Set(needed)].sort();
}

describe('rights', () => {
  test.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s holds what its declarations need, and nothing else',
    (_, entry) => {
      expect(grantedTo(entry)).toEqual(neededBy(entry));
    },
  );

  test('only the import, a deposit, a merge and the transfer of a DMP may make keys', () => {
    const makers = ['documents-api', 'documents-transfer', 'documents-moves', 'enrolment-intake'];
    const who = (action: string) =>
      entries
        .filter((entry) => grantedTo(entry).some((one) => one.startsWith(action)))
        .map(({ id }) => id);
    expect(who('dynamodb:PutItem on KEYS_TABLE')).toEqual(makers);
    expect(who('kms:ReEncrypt')).toEqual(makers);
  });

  test('ENR-47: only the deletion of a record deletes anything, and what another has replaced', () => {
    const deleters = entries.map(({ id }): readonly [string, readonly string[]] => [
      id,
      entries
        .filter((entry) => entry.id === id)
        .flatMap(grantedTo)
        .filter((one) => /^(dynamodb:DeleteItem|s3:Delete)/.test(one)),
    ]);
    expect(Object.fromEntries(deleters.filter(([, granted]) => granted.length > 0))).toEqual({
      'documents-facts': [
        ...['DOCUMENTS_TABLE', 'KEYS_TABLE'].map((table) => `dynamodb:DeleteItem on ${table}`),
        's3:DeleteObjectVersion on VAULT_BUCKET/*',
      ],
      // What was moved into another record, and opens there.
      'documents-moves': [
        'dynamodb:DeleteItem on DOCUMENTS_TABLE',
        's3:DeleteObjectVersion on VAULT_BUCKET/*',
      ],
      // What was held of a package that was not whole.
      'documents-transfer': ['dynamodb:DeleteItem on DOCUMENTS_TABLE'],
      'enrolment-activation': ['dynamodb:DeleteItem on IDENTITY_TABLE'],
      'enrolment-deletion': ['ENROLMENT_TABLE', 'IDENTITY_TABLE'].map(
        (table) => `dynamodb:DeleteItem on ${table}`,
      ),
      // The place of a child whom the insurance body attaches to another guardian; an address that a wrong merge gave.
      'enrolment-intake': ['ENROLMENT_TABLE', 'IDENTITY_TABLE'].map(
        (table) => `dynamodb:DeleteItem on ${table}`,
      ),
      // The lines of a record whose trace has ended.
      'journal-facts': ['dynamodb:DeleteItem on JOURNAL_TABLE'],
      'notices-facts': ['dynamodb:DeleteItem on NOTICES_TABLE'],
    });
  });

  test('no function may scan a table, nor list a bucket but to erase what is in it', () => {
    const all = entries.flatMap(grantedTo);
    expect(all.filter((one) => /dynamodb:Scan|dynamodb:BatchWrite|s3:List/.test(one))).toEqual([
      's3:ListBucketVersions on VAULT_BUCKET',
      's3:ListBucketVersions on VAULT_BUCKET',
    ]);
  });
});

describe('the environment', () => {
  const Environment = z.object({ Variables: z.record(z.string(), z.unknown()) });
  const variablesOf = ({ id }: Entry) => {
    const found: Deployed | undefined = cloud
      .ofType('AWS::Lambda::Function')
      .find((one) => one.id.replace(/[0-9A-F]{8}$/, '') === id.replaceAll('-', ''));
    return Environment.parse(found?.properties.Environment).Variables;
  };

  test.each(entries.map((entry) => [entry.id, entry] as const))(
    'of %s names what its rights reach, and nothing else',
    (_, entry) => {
      const { rights } = entry;
      const reached = [
        rights.tables,
        rights.indexes,
        rights.buckets,
        rights.queues,
        rights.keys,
      ].flatMap((one) => Object.keys(one ?? {}));
      const expected = ['STAGE', 'FUNCTION_ID', ...reached, ...(rights.parameters ?? [])];
      if (rights.mail) expected.push('MAIL_FROM', 'MAIL_CONFIGURATION_SET');
      if (rights.sms) expected.push('SMS_FROM', 'SMS_CONFIGURATION_SET');
      if (rights.events) expected.push('EVENT_BUS');
      if (entry.isAuthorizer || rights.issuers) expected.push('ISSUERS');
      expect(Object.keys(variablesOf(entry)).sort()).toEqual([...new Set(expected)].sort());
      expect(variablesOf(entry)).toMatchObject({ STAGE: 'dev', FUNCTION_ID: entry.id });
    },
  );
});

describe('functions from declarations', () => {
  const rights = { tables: { JOURNAL_TABLE: ['PutItem'] } } as const satisfies Rights;
  const route = {
    method: 'GET',
    path: '/x',
    summary: '',
    callers: ['holder'],
    answers: {},
    rights,
  } as const;
  const room = {
    name: 'things',
    routes: { read: route, write: { ...route, entry: 'public', rights: { parameters: ['A'] } } },
    jobs: {
      tidy: { kind: 'schedule', entry: 'clock', cron: '0 3 * * ? *', timeoutSeconds: 60, rights },
      count: {
        kind: 'schedule',
        entry: 'clock',
        cron: '0 4 * * ? *',
        timeoutSeconds: 90,
        memoryMb: 1024,
        rights: { tables: { JOURNAL_TABLE: ['GetItem', 'PutItem'] } },
      },
    },
  } as const satisfies Room;

  test('entries of one name share one function, with the union of rights and the longest time', () => {
    const [api, open, clock] = entriesOf([room]);
    expect([api?.id, api?.file]).toEqual(['things-api', 'functions/things/handler.ts']);
    expect([open?.id, open?.file]).toEqual(['things-public', 'functions/things/handler-public.ts']);
    expect(clock).toMatchObject({ id: 'things-clock', timeoutSeconds: 90, memoryMb: 1024 });
    expect(clock?.rights.tables).toEqual({ JOURNAL_TABLE: ['PutItem', 'GetItem'] });
    expect(clock?.schedules.map(({ name }) => name)).toEqual(['tidy', 'count']);
  });

  test('a union has each right once, and no right that nobody declared', () => {
    expect(unionOfRights([rights, rights, {}])).toEqual({
      tables: { JOURNAL_TABLE: ['PutItem'] },
      indexes: {},
      buckets: {},
      queues: {},
      keys: {},
      parameters: [],
    });
    expect(unionOfRights([{ mail: true }, { events: true }])).toMatchObject({
      mail: true,
      events: true,
    });
  });
});
