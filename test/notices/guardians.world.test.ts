import './in-process.ts';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { letterKey } from '#functions/notices/letter-store.ts';
import { noticeOf } from '#functions/notices/rules.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { statusKey } from '#shared/record/table.ts';
import { address, holderWith, lineFor, noticeAt, saidOf } from './holders.ts';
import { world } from './in-process.ts';

const wished = 'demande de fermeture';
const caller = 'notices-facts';

afterEach(() => world.clearFaults());

/** A child's record of two guardians, each with such an address; `''` is none. */
async function family(mothers: string, fathers: string) {
  const [mother, father, child] = [
    await holderWith({ status: 'activated', email: mothers }),
    await holderWith({ status: 'activated', email: fathers }),
    await holderWith({ status: 'activated', email: '' }),
  ];
  const since = '2022-02-01T00:00:00.000Z';
  await dynamo.send(
    new UpdateCommand({
      TableName: world.physical('ENROLMENT_TABLE'),
      Key: statusKey(child.holder),
      UpdateExpression: 'SET child = :child, guardians = :guardians',
      ExpressionAttributeValues: {
        ':child': { tag: `t-${child.holder}`, attachedTo: mother.holder, adultOn: '2039-05-01' },
        ':guardians': [mother, father].map(({ holder }) => ({ holder, since })),
      },
    }),
  );
  return { mother, father, child: child.holder };
}

const wish = (holder: string, guardian: string) =>
  lineFor(holder, 'enrolment/wish-closure', {
    ...{ actor: { kind: 'guardian', id: guardian }, onBehalfOf: holder, channel: 'web' },
    object: { kind: 'record', id: holder },
  });
const Letter = z.object({
  codes: z.set(z.string()),
  reasons: z.set(z.string()),
  notices: z.set(z.string()),
});
async function letterOf(holder: string, day: string) {
  const TableName = world.physical('NOTICES_TABLE');
  const get = new GetCommand({ TableName, Key: letterKey(day, holder), ConsistentRead: true });
  return Letter.parse((await dynamo.send(get)).Item);
}
const mailsTo = async (email: string) =>
  (await world.mails({ to: email })).filter(({ subject }) => subject.includes(wished)).length;

describe('MIN-2: one of two guardians is reached by nothing', () => {
  test.each([
    ['his address is refused', address('refus.invalid'), 'undeliverable'],
    ['no address of his is known', '', 'no-address'],
  ] as const)(
    '%s: the other one has her mail, and a letter goes as well, one a record and day',
    async (_, email, reason) => {
      const hers = address();
      const { child, mother } = await family(hers, email);
      await world.idle();
      await world.plant({
        ...{ caller, action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
        if: { contains: '":letter"' },
      });
      const lines = [await wish(child, mother.holder)];
      await world.idle();
      expect((await world.faults()).map((one) => one.fired)).toEqual([1]);
      lines.push(await wish(child, mother.holder));
      await world.idle();
      expect(await mailsTo(hers)).toBe(2);
      const kept = await Promise.all(
        lines.map((line) => noticeAt({ holder: child, notice: noticeOf(line) })),
      );
      expect(kept.map((one) => one?.state)).toEqual(['letter', 'letter']);
      // What one of them has to answer is due the next day.
      const letter = await letterOf(child, String(kept[0]?.letterOn));
      expect([...letter.codes, ...letter.reasons]).toEqual(['DEMANDE_CLOTURE', reason]);
      expect(letter.notices.size).toBe(2);
      expect(await saidOf(child)).toEqual(
        reason === 'undeliverable' ? Array(2).fill('refused notices/undeliverable') : [],
      );
    },
  );

  test('where each was reached there is none', async () => {
    const [hers, his] = [address(), address()];
    const { child, father } = await family(hers, his);
    const line = await wish(child, father.holder);
    await world.idle();
    expect([await mailsTo(hers), await mailsTo(his)]).toEqual([1, 1]);
    expect((await noticeAt({ holder: child, notice: noticeOf(line) }))?.state).toBe('sent');
  });

  test('hers has left and the note of the letter fails: told again as what may be a double, one letter', async () => {
    const hers = address();
    const { child, mother } = await family(hers, address('refus.invalid'));
    await world.idle();
    await world.plant({
      ...{ caller, action: 'dynamodb:TransactWriteItems', kind: 'throttle', times: 12 },
      if: { contains: '":letter"' },
    });
    const line = await wish(child, mother.holder);
    await world.idle();
    await world.clearFaults();
    await world.move('+6m');
    await world.idle();
    expect((await noticeAt({ holder: child, notice: noticeOf(line) }))?.state).toBe('letter');
    expect(await saidOf(child)).toEqual([
      'done notices/may-be-doubled',
      'refused notices/undeliverable',
    ]);
  });
});
