import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '#shared/journal/verify.ts';
import { activate, conditions, me, tokenOf } from './activating.ts';
import { codeOf, dropPeople, journalOf, sendWave, someone, world } from './town.ts';

const department = '86';
const people = Array.from({ length: 2 }, () => someone(department));
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));
const tokens: string[] = [];
const token = (at: number) => tokens[at] ?? '';
let holder = '';

const accept = (by: string, version = conditions) =>
  world.request({ method: 'POST', path: '/enrolment/conditions', token: by, body: { version } });

/** As if the record had been activated under conditions that are no longer those of today. */
async function acceptedBefore(of: string): Promise<void> {
  const old = { version: '2021-07', acceptedAt: '2021-08-01T08:00:00.000Z' };
  await dynamo.send(
    new UpdateCommand({
      TableName: world.physical('ENROLMENT_TABLE'),
      Key: { pk: `H#${of}`, sk: 'STATUS' },
      UpdateExpression: 'SET conditions = :old',
      ExpressionAttributeValues: { ':old': old },
    }),
  );
}

beforeAll(async () => {
  await dropPeople(people);
  await sendWave('wave-86', [department]);
  for (const [at, person] of people.entries()) {
    tokens.push(await tokenOf(`test-86-${at}`));
    await activate(person, { code: await codeOf(person), token: token(at) });
  }
  holder = JSON.parse((await me(token(0))).text).record.holder;
});

describe('§1.4: conditions that changed since they were accepted', () => {
  test('who has accepted those of today is asked nothing', async () => {
    const { body } = await me(token(1));
    expect(body).toMatchObject({
      conditions: { version: conditions, accepted: { version: conditions }, mustAccept: false },
    });
    const before = await world.request({ path: '/journal/history', token: token(1) });
    expect((await accept(token(1))).status).toBe(200);
    const after = await world.request({ path: '/journal/history', token: token(1) });
    expect(after.text).toBe(before.text);
  });

  test('shut the record until they are accepted, and say how; who he is, and closing, stay open', async () => {
    await acceptedBefore(holder);
    expect((await me(token(0))).body).toMatchObject({
      record: { holder, status: 'activated' },
      conditions: {
        ...{ version: conditions, mustAccept: true, acceptUntil: '2022-01-31' },
        accepted: { version: '2021-07', acceptedAt: '2021-08-01T08:00:00.000Z' },
      },
    });
    for (const path of ['/fhir/DocumentReference', '/journal/history', '/notices'])
      expect((await world.request({ path, token: token(0) })).text, path).toContain(
        'conditions-to-accept',
      );
    const { body } = await world.request({ path: '/notices', token: token(0) });
    expect(body).toMatchObject({
      ...{ status: 403, code: 'access/conditions-to-accept', version: conditions },
      accept: 'POST /enrolment/conditions',
    });
  });

  test('are accepted once, by their name, with a line; the same again gets the same answer', async () => {
    expect((await accept(token(0), '2021-07')).body).toMatchObject({
      ...{ status: 409, code: 'enrolment/conditions-outdated', version: conditions },
    });
    const answers = await Promise.all([1, 2, 3].map(() => accept(token(0))));
    answers.push(await accept(token(0)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers[0]?.body).toMatchObject({ version: conditions });
    expect((await world.request({ path: '/notices', token: token(0) })).status).toBe(200);
    const chain = (await journalOf(department)).get(holder) ?? [];
    expect(chain.filter(({ action }) => action === 'enrolment/accept-conditions')).toHaveLength(1);
    expect(verifyChain(chain)).toMatchObject({ ok: true });
  });

  test('accepted by a write whose acknowledgement is lost, they are accepted once', async () => {
    const { record } = JSON.parse((await me(token(1))).text);
    await acceptedBefore(record.holder);
    await world.plant({
      ...{ caller: 'enrolment-own', action: 'dynamodb:TransactWriteItems' },
      ...{ kind: 'lost-ack', if: { contains: '"enrolment/accept-conditions"' } },
    });
    const answer = await accept(token(1));
    const fired = (await world.faults()).map((fault) => fault.fired);
    await world.clearFaults();
    expect([answer.status, fired]).toEqual([200, [1]]);
    const chain = (await journalOf(department)).get(record.holder) ?? [];
    expect(chain.filter(({ action }) => action === 'enrolment/accept-conditions')).toHaveLength(1);
  });

  test('who has no record has none to accept for', async () => {
    const answer = await accept(await tokenOf('test-86-nobody'));
    expect(answer.body).toMatchObject({ status: 409, code: 'enrolment/nothing-to-accept' });
  });
});
