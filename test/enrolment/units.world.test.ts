import './races/in-process.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { becomeFunction } from '#test/support/room-environment.ts';
import { plant } from './races/plant.ts';
import {
  codeOf,
  csv,
  drop,
  dropPeople,
  header,
  oppose,
  sendWave,
  someone,
  world,
  wrongCode,
} from './town.ts';

/**
 * What each act costs, written down: a rise is a rise in every person's price, so it fails here and is
 * argued for. Units as AWS bills them (an index in a transaction counted double, the upper bound).
 */
const operator = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));

/** Calls and units of one function while something is done; the polling of queues aside. */
async function cost(functionId: string, act: () => Promise<unknown>) {
  await world.weigh(true);
  await world.clearCounts();
  await act();
  const own = (await world.counts()).filter(
    (one) =>
      one.function === functionId && !/ReceiveMessage|DeleteMessage|GetQueue/.test(one.action),
  );
  // Weighing costs the world as much as the calls: nothing that follows needs it.
  await world.weigh(false);
  const calls = own
    .map((one) => `${one.action.replace('dynamodb:', '')} ${one.calls}`)
    .toSorted()
    .join(', ');
  const write = own.reduce((sum, one) => sum + one.writeUnits, 0);
  const read = own.reduce((sum, one) => sum + one.readUnits, 0);
  return { calls, write, read };
}

const department = '87';

beforeAll(() => world.idle());
afterAll(() => world.weigh(false));

describe('what an opening costs', () => {
  test('at most 7.1 write and 2 read units a person, in a batch of 200', async () => {
    const sentAt = Date.parse('2021-02-07T08:00:00Z');
    const [first] = await plant(200, { department, sentAt });
    const deadlineAt = first?.deadlineAt ?? '';
    becomeFunction(world, 'enrolment-opening');
    vi.resetModules();
    const { openShards } = await import('#functions/enrolment/job-open.ts');
    let opened = 0;
    const spent = await cost('enrolment-opening', async () => {
      for (let part = 0; part < 16; part++) {
        const { counts } = await openShards(
          { deadlineAt, part },
          { clock: Date.now, hasTime: () => true },
        );
        opened += counts.opened;
      }
    });
    expect(opened).toBe(200);
    // Two leases a part; a person's status, his entry in the index and his line, doubled.
    expect(spent).toEqual({
      calls: 'PutItem 32, Query 128, TransactWriteItems 16',
      write: 32 + 200 * 6,
      read: 64,
    });
    expect(spent.write / opened).toBeLessThanOrEqual(7.1);
    expect(spent.read / opened).toBeLessThanOrEqual(2);
  });
});

describe('what a reminder costs', () => {
  test('as much as an opening, in a batch of 200', async () => {
    const sentAt = Date.parse('2021-03-07T08:00:00Z');
    const [first] = await plant(200, { department, sentAt });
    const deadlineAt = first?.deadlineAt ?? '';
    becomeFunction(world, 'enrolment-opening');
    vi.resetModules();
    const { remindShards } = await import('#functions/enrolment/job-remind.ts');
    const clock = () => Date.parse(deadlineAt) - 3 * 86_400_000;
    let reminded = 0;
    const spent = await cost('enrolment-opening', async () => {
      for (let part = 0; part < 16; part++) {
        const message = { deadlineAt, part, remindDays: 3 };
        reminded += (await remindShards(message, { clock, hasTime: () => true })).counts.done;
      }
    });
    expect(reminded).toBe(200);
    expect(spent).toEqual({
      calls: 'PutItem 32, Query 128, TransactWriteItems 16',
      write: 32 + 200 * 6,
      read: 64,
    });
  });
});

describe('what the others cost', () => {
  const people = [someone(department), someone(department), someone(department)] as const;

  beforeAll(async () => {
    await dropPeople(people);
    await sendWave('wave-units', [department]);
    // The environment that answers has unwrapped its secrets.
    const [first] = people;
    await oppose(first, { code: await codeOf(first) });
  });

  test('an objection: status, index, code and line', async () => {
    const [, person] = people;
    const code = await codeOf(person);
    expect(await cost('enrolment-public', () => oppose(person, { code }))).toEqual({
      calls: 'GetItem 5, TransactWriteItems 1',
      write: 8,
      read: 5,
    });
  });

  test('an objection with a wrong code: the two counters on top', async () => {
    const [, , person] = people;
    const code = wrongCode(await codeOf(person));
    expect(await cost('enrolment-public', () => oppose(person, { code }))).toEqual({
      calls: 'GetItem 5, TransactWriteItems 1',
      write: 12,
      read: 5,
    });
  });

  test('an invitation', async () => {
    becomeFunction(world, 'enrolment-sending');
    vi.resetModules();
    const { sendInvitation } = await import('#functions/enrolment/send-invitation.ts');
    const { findByNir } = await import('#shared/record/lookup.ts');
    const { theSecret } = await import('#shared/record/secrets.ts');
    const { nirTag } = await import('#shared/record/tags.ts');
    const both = [someone(department), someone(department)] as const;
    await dropPeople(both);
    const now = Date.parse(await world.now());
    const invite = async ({ nir }: InsuredRow) => {
      const holder = (await findByNir(nirTag(await theSecret('lookup'), nir)))?.holder ?? '';
      const to = { holder, wave: 'wave-units', lane: 'units', clock: () => now };
      return () => sendInvitation(to);
    };
    // The first one unwraps keys and notes the deadline.
    const [first, second] = await Promise.all(both.map(invite));
    expect(await first?.()).toBe('invited');
    const spent = await cost('enrolment-sending', async () => {
      expect(await second?.()).toBe('invited');
    });
    // The code before it leaves; then status, its move within the index, code, line and the wave's count.
    expect(spent).toEqual({
      calls: 'GetItem 5, PutItem 1, TransactWriteItems 1, ses:SendEmail 1',
      write: 13,
      read: 5,
    });
  });

  test('a line of an import, in a file of 96', async () => {
    const lines = Array.from({ length: 96 }, () => csv(someone(department)));
    const file = [header, ...lines, ''].join('\n');
    // A line is looked up, and writes lookup, person, status, index and line; the rest is the file's own. It is read
    // once more before, for its fingerprint (D71).
    expect(await cost('enrolment-intake', () => drop(file))).toEqual({
      calls: 'BatchGetItem 1, GetItem 1, TransactWriteItems 6, s3:GetObject 2, s3:PutObject 1',
      write: 96 * 10 + 14,
      read: 96 + 1,
    });
  });

  test('the first import: a secret is made once, and opened again where it was made', async () => {
    becomeFunction(world, 'enrolment-intake');
    const TableName = world.physical('ENROLMENT_TABLE');
    const Key = { pk: 'SECRET#pepper', sk: '1' };
    const { Item } = await operator.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    await operator.send(new DeleteCommand({ TableName, Key }));
    try {
      vi.resetModules();
      const { secretMade } = await import('#shared/record/secrets.ts');
      const { calls } = await cost('enrolment-intake', () => secretMade('pepper'));
      expect(calls).toBe('GetItem 2, PutItem 1, kms:Decrypt 1, kms:GenerateDataKey 1');
      expect((await cost('enrolment-intake', () => secretMade('pepper'))).calls).toBe('');
    } finally {
      if (Item) await operator.send(new PutCommand({ TableName, Item }));
    }
  });
});
