import '#test/enrolment/races/in-process.ts';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { dynamo } from '#shared/aws/dynamo.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import { lineOf } from '#shared/journal/read.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { newId } from '#shared/random.ts';
import { linkWrite } from '#shared/record/link.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { statusKey } from '#shared/record/table.ts';
import { linkTag } from '#shared/record/tags.ts';
import { me, tokenOf } from '#test/enrolment/activating.ts';
import { world } from '#test/enrolment/races/in-process.ts';

/** A holder whose account was just linked. */
async function linked() {
  const [holder, subject] = [newId(), `sign-in-${newId()}`];
  const account = linkTag(await secretMade('lookup'), 'holder', subject);
  const Item = {
    ...statusKey(holder),
    ...{ holder, status: 'activated', department: '00', linkTag: account },
  };
  await dynamo.send(new PutCommand({ TableName: world.physical('ENROLMENT_TABLE'), Item }));
  const linkedAt = new Date(0).toISOString();
  await dynamo.send(new PutCommand(linkWrite(account, { holder, linkedAt }).Put));
  return { holder, token: await tokenOf(subject) };
}

async function linesOf(holder: string) {
  const query = new QueryCommand({
    TableName: world.physical('JOURNAL_TABLE'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `${holder}#0${laneOf(holder)}` },
    ConsistentRead: true,
  });
  return ((await dynamo.send(query)).Items ?? []).map(lineOf);
}

afterEach(() => world.clearFaults());

describe('the first sign-in after an account was linked', () => {
  test('is told once in the journal, however many requests come at once', async () => {
    const { holder, token } = await linked();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => me(token)));
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toMatchObject({ kind: 'holder', record: { holder, status: 'activated' } });
    }
    await me(token);
    const lines = await linesOf(holder);
    expect(lines).toMatchObject([
      { action: 'identity/first-sign-in', actor: { kind: 'holder', id: holder }, outcome: 'done' },
    ]);
    expect(verifyChain(lines)).toMatchObject({ ok: true });
    expect(JSON.stringify(lines)).not.toContain('Camille');
  });

  test.each(['lost-ack', 'conflict', 'reset'] as const)('is told once after: %s', async (kind) => {
    const { holder, token } = await linked();
    await world.plant({
      ...{ caller: 'identity-api', action: 'dynamodb:TransactWriteItems', kind },
      if: { contains: holder },
    });
    expect((await me(token)).status).toBe(200);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    expect(await linesOf(holder)).toHaveLength(1);
  });

  test('no line, no answer: while the journal cannot be written it is a 503', async () => {
    const { holder, token } = await linked();
    await world.plant({
      ...{ caller: 'identity-api', action: 'dynamodb:TransactWriteItems', kind: 'throttle' },
      ...{ times: 60, if: { contains: holder } },
    });
    expect((await me(token)).status).toBe(503);
    await world.clearFaults();
    expect((await me(token)).status).toBe(200);
    expect(await linesOf(holder)).toHaveLength(1);
  });

  test('afterwards costs a unit and a half to read, nothing to write, and no call of KMS', async () => {
    const { token } = await linked();
    await me(token);
    await world.idle();
    await world.clearCounts();
    await me(token);
    const counts = (await world.counts()).filter((one) => one.function === 'identity-api');
    expect(counts.map(({ action, calls, readUnits }) => [action, calls, readUnits])).toEqual([
      ['dynamodb:GetItem', 2, 1.5],
    ]);
  });
});
