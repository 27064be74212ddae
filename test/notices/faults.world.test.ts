import './in-process.ts';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { noticeOf, tagOf } from '#functions/notices/rules.ts';
import { newId } from '#shared/random.ts';
import { address, holderWith, lineFor, noticeAt, saidOf } from './holders.ts';
import { world } from './in-process.ts';

const caller = 'notices-facts';
const update = 'dynamodb:UpdateItem';
const put = 'dynamodb:PutItem';
const transaction = 'dynamodb:TransactWriteItems';

/** As long as the queue hides a message that failed. */
const hidden = '+6m';

afterEach(() => world.clearFaults());

const numberOf = async (email: string) => (await world.mails({ to: email })).length;

async function toldDuring(
  fault: Omit<Parameters<typeof world.plant>[0], 'caller'>,
  email = address(),
) {
  const { holder } = await holderWith({ email });
  await world.idle();
  await world.plant({ caller, ...fault });
  const line = await lineFor(holder);
  await world.idle();
  const fired = (await world.faults()).map((one) => one.fired);
  await world.clearFaults();
  const at = { holder, notice: noticeOf(line) };
  const stands = async () => (await noticeAt(at))?.state;
  return { holder, line, email, fired, stands };
}

describe('an answer lost on the way', () => {
  test.each([
    ['of taking it', update, '":prepared"', 1],
    ['of noting it', update, '":sent"', 1],
    // The SDK repeats the mail: the one double that nobody hears of.
    ['of the mail', 'ses:SendEmail', undefined, 2],
  ] as const)('%s: told once', async (_, action, contains, mails) => {
    const told = await toldDuring({
      ...{ action, kind: 'lost-ack' },
      ...(contains ? { if: { contains } } : {}),
    });
    expect(told.fired).toEqual([1]);
    expect(await numberOf(told.email)).toBe(mails);
    expect(await told.stands()).toBe('sent');
    expect(await saidOf(told.holder)).toEqual([]);
  });

  test.each([
    ['for want of an address', ''],
    ['for an address that is not taken', address('refus.invalid')],
  ])('of leaving it to a letter, %s: one letter', async (_, email) => {
    const told = await toldDuring({ action: transaction, kind: 'lost-ack' }, email);
    expect(told.fired).toEqual([1]);
    expect(await told.stands()).toBe('letter');
    expect(await saidOf(told.holder)).toEqual(email ? ['refused notices/undeliverable'] : []);
  });
});

describe('a dependency that fails', () => {
  test.each([
    ['the mail service says no', 'ses:SendEmail', 'throttle', 'ajouté'],
    ['his name cannot be read', 'dynamodb:GetItem', 'reset', '"PERSON"'],
    ['his journal cannot be read', 'dynamodb:GetItem', 'reset', world.physical('JOURNAL_TABLE')],
  ] as const)(
    '%s: told when the message comes again, once, and without a doubt',
    async (_, action, kind, contains) => {
      const told = await toldDuring({ action, kind, times: 4, if: { contains } });
      expect(told.fired).toEqual([4]);
      expect(await numberOf(told.email)).toBe(0);
      await world.move(hidden);
      await world.idle();
      expect(await numberOf(told.email)).toBe(1);
      expect(await told.stands()).toBe('sent');
      expect(await saidOf(told.holder)).toEqual([]);
    },
  );

  test('nothing tells whether the mail left: told again, and the journal says that it may be a double', async () => {
    const told = await toldDuring({ action: 'ses:SendEmail', kind: 'reset', times: 4 });
    expect(await told.stands()).toBe('prepared');
    // The line that says so is written by a call of its own: its answer is lost as well.
    await world.plant({ caller, action: put, kind: 'lost-ack' });
    await world.move(hidden);
    await world.idle();
    expect((await world.faults()).map((one) => one.fired)).toEqual([1]);
    expect(await numberOf(told.email)).toBe(1);
    expect(await told.stands()).toBe('sent');
    expect(await saidOf(told.holder)).toEqual(['done notices/may-be-doubled']);
  });

  test('giving it back is heard though its answer is lost', async () => {
    await world.plant({ caller, action: update, kind: 'lost-ack', if: { contains: '":unsent"' } });
    const told = await toldDuring({ action: 'ses:SendEmail', kind: 'throttle', times: 4 });
    expect(told.fired).toEqual([1, 4]);
    await world.move(hidden);
    await world.idle();
    expect(await numberOf(told.email)).toBe(1);
    expect(await saidOf(told.holder)).toEqual([]);
  });
});

describe('a mail that comes back for good', () => {
  test('is a letter, and stands in the journal, once however often it is told', async () => {
    const email = address('bounce.invalid');
    const { holder } = await holderWith({ email });
    const notice = noticeOf(await lineFor(holder));
    await world.idle();
    // It may have come back before anybody noted that it was accepted.
    await world.move(hidden);
    await world.idle();
    expect(await numberOf(email)).toBe(1);
    expect((await noticeAt({ holder, notice }))?.state).toBe('letter');
    expect(await saidOf(holder)).toEqual(['refused notices/undeliverable']);
    const again = { notice: [tagOf({ holder, notice })] };
    const nobodys = { notice: [tagOf({ holder: newId(), notice })] };
    const Records = [again, again, nobodys].map((body, n) => ({
      messageId: `m${n}`,
      body: JSON.stringify(body),
    }));
    const { result } = await world.invoke(caller, { Records });
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect(await saidOf(holder)).toHaveLength(1);
  });
});

describe('a batch', () => {
  const Answer = z.object({
    batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })),
  });
  const message = (id: string, body: unknown) => ({
    messageId: id,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const fact = (at: { holder: string; lane: number; seq: number }, action: string) => ({
    'detail-type': action,
    detail: at,
  });

  test('with messages that nobody can read, or of lines that are not there: the others are told', async () => {
    const { holder, email } = await holderWith({ email: address() });
    const line = await lineFor(holder);
    await world.idle();
    const { action } = line;
    const good = fact(line, action);
    const { result } = await world.invoke(caller, {
      Records: [
        message('no-json', '{'),
        message('other-action', fact(line, 'enrolment/burn-code')),
        message('good', good),
        message('no-line', fact({ holder: newId(), lane: 3, seq: 1 }, action)),
        ...Array.from({ length: 4 }, (_, n) => message(`again-${n}`, good)),
      ],
    });
    const failed = Answer.parse(result).batchItemFailures.map((one) => one.itemIdentifier);
    expect(failed).toEqual(['no-json', 'other-action', 'no-line']);
    expect(await numberOf(email)).toBe(1);
  });
});

test('every write that the room may do was answered by a lost answer here', async () => {
  const writes = /^(dynamodb:(Put|Update|Delete)Item|ses:|s3:Put|sqs:SendMessage(?! on failures))/;
  const held = (await world.permissions())
    .filter((one) => one.function.startsWith('notices-') && writes.test(one.permission))
    .map((one) => `${one.function} ${one.permission.split(' ')[0]}`);
  expect([...new Set(held)].sort()).toEqual([
    // Postings and returns: `letters.world.test.ts`.
    'notices-api dynamodb:PutItem',
    // Marking as read, twice the same: `own.world.test.ts`.
    'notices-api dynamodb:UpdateItem',
    // In `enrolment/faults/deletion-troubles.world.test.ts`.
    'notices-facts dynamodb:DeleteItem',
    'notices-facts dynamodb:PutItem',
    'notices-facts dynamodb:UpdateItem',
    'notices-facts ses:SendEmail',
    // Printing: `letters.world.test.ts`.
    ...['dynamodb:PutItem', 'dynamodb:UpdateItem', 's3:PutObject'].map(
      (write) => `notices-letters ${write}`,
    ),
  ]);
});
