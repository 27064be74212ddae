import '../races/in-process.ts';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { claimLetter } from '#functions/enrolment/claim-letter.ts';
import { dropLetter } from '#functions/enrolment/drop-letter.ts';
import { freeFromWave } from '#functions/enrolment/free-from-wave.ts';
import { printLetters } from '#functions/enrolment/job-print.ts';
import {
  batchWrite,
  listBatches,
  loadMembers,
  loadOrder,
} from '#functions/enrolment/letter-store.ts';
import { append, record } from '#functions/enrolment/lines.ts';
import { orderDepartment } from '#functions/enrolment/order-department.ts';
import { codeWrite, loadCode, personEnd, statusWrite } from '#functions/enrolment/person-store.ts';
import { deferToLetter } from '#functions/enrolment/send-invitation.ts';
import type { Deleted } from '#functions/enrolment/stored.ts';
import { TableName } from '#functions/enrolment/table.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { transact } from '#shared/aws/transact.ts';
import { genesis } from '#shared/journal/line.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { personKey } from '#shared/record/table.ts';
import { world } from '../races/in-process.ts';
import { killedAt } from '../races/killed-at.ts';
import { plant } from '../races/plant.ts';
import { standing } from '../races/standing.ts';
import { manifestOf } from './shop.ts';

const department = '45';
const hasTime = () => true;
const actor = { kind: 'system', id: 'a-test' } as const;

afterAll(() => world.idle());

/** What the world's own worker printed, or we do: the order's fact reaches both. */
async function print(now: number) {
  await orderDepartment(department, { actor, channel: 'clock', now });
  await world.idle();
  await printLetters(department, { clock: () => now, hasTime });
  expect((await loadOrder(department))?.state).toBe('done');
  expect(await loadOrder(department)).not.toHaveProperty('batch');
  const { batches } = await listBatches({ after: undefined, limit: 50 });
  return batches.filter((one) => one.department === department);
}

test('ENR-1: who has no identity any more is taken out of his batch, the others are printed', async () => {
  const now = Date.parse(await world.now());
  const people = await plant(3, { department, email: '' });
  const [lost] = people;
  if (!lost) throw new Error('nobody was planted');
  for (const { holder } of people)
    await deferToLetter({ holder, wave: 'stuck-45', lane: '0', clock: () => now });
  const Key = personKey(lost.holder);
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  await transact([personEnd(lost.holder)]);
  // Beside the batch that was printed one came to nothing: the index names him still.
  const ready = (await print(now)).filter(({ state }) => state === 'ready');
  const [batch] = ready;
  expect(ready).toHaveLength(1);
  expect(batch).toMatchObject({ letters: 2 });
  const members = await loadMembers(batch?.batch ?? '');
  const his = members.find(({ holder }) => holder === lost.holder);
  expect(his).toMatchObject({ became: 'nothing' });
  expect(his).not.toHaveProperty('sealed');
  const { pages } = await manifestOf(batch?.batch ?? '');
  const printed = members.filter(({ holder }) => holder !== lost.holder);
  expect(pages.map(({ reference }) => reference)).toEqual(
    printed.map(({ reference }) => reference),
  );
  const { status, told } = await standing(lost.holder);
  expect(status).not.toHaveProperty('letter');
  expect(told.slice(-2)).toEqual(['prepare-letter', 'drop-letter']);
  // Ordered again it ends again, though the index names him still.
  expect((await print(now + 1000)).filter(({ state }) => state === 'ready')).toHaveLength(1);
  await dynamo.send(new PutCommand({ TableName, Item: { ...Item } }));
  expect((await print(now + 2000)).filter(({ state }) => state === 'ready')).toHaveLength(2);
});

test('ENR-47: a wish that a deleted person left lying is laid down, and stops nobody', async () => {
  const now = Date.parse(await world.now());
  const [gone] = await plant(1, { department, email: '', sentAt: now });
  const { holder } = gone ?? { holder: '' };
  const { status } = await standing(holder);
  if (status.status !== 'invited') throw new Error(status.status);
  const { informedAt, deadlineAt, ...rest } = status;
  const at = new Date(now).toISOString();
  const to: Deleted = {
    ...{ ...rest, informedAt, deadlineAt, status: 'deleted', life: 1, nirTag: 'n'.repeat(43) },
    ...{ begunAt: at, begunSeq: 2, deletedAt: at, traceUntil: '2999-01-01T00:00:00.000Z' },
  };
  const { next, line } = append(to, holder, {
    ...{ id: newId(), at: now, actor, channel: 'clock', action: 'enrolment/finish-deletion' },
    object: record(status, { from: 'invited', to: 'deleted' }),
  });
  const code = await loadCode(holder);
  if (!code) throw new Error('a person without a code');
  const wish = { ...code, revision: code.revision + 1, letterFor: department };
  await transact([
    ...[statusWrite(next, status.version), codeWrite(wish, code.revision)],
    ...[journalWrite(line), personEnd(holder)],
  ]);
  const before = (await print(now + 3000)).filter(({ state }) => state === 'ready').length;
  expect((await standing(holder)).told.at(-1)).toBe('renew-code refused deleted');
  expect(await loadCode(holder)).not.toHaveProperty('letterFor');
  const last = await print(now + 4000);
  expect(last.filter(({ state }) => state === 'ready')).toHaveLength(before);
});

test('ENR-1: freed by two workers at once, or by one that died on the way, he is freed once', async () => {
  const now = Date.parse(await world.now());
  const people = await plant(4, { department, email: '' });
  for (const [at, { holder }] of people.entries()) {
    const wave = `freed-${at}`;
    await deferToLetter({ holder, wave, lane: '0', clock: () => now });
    const free = () => freeFromWave({ holder, wave, now });
    if (at > 0) await killedAt(at, free);
    await Promise.all([free(), free()]);
    const { status, told } = await standing(holder);
    expect(status).not.toHaveProperty('wave');
    expect(told).toEqual(['import-insured', 'defer-to-letter', 'halt-letter', 'leave-wave']);
  }
});

test('ENR-1: taken out of a batch by two workers at once, or by one that died, he is so once', async () => {
  const now = Date.parse(await world.now());
  const people = await plant(4, { department, email: '' });
  const begun = await beginBatch(now);
  for (const [at, { holder }] of people.entries()) {
    await deferToLetter({ holder, wave: 'dropped-45', lane: '0', clock: () => now });
    const place = at + 1;
    expect(await claimLetter({ holder, batch: begun, place, now })).toBe('claimed');
    const drop = () => dropLetter({ batch: begun, place, now });
    if (at > 0) await killedAt(at, drop);
    await Promise.all([drop(), drop()]);
    const { status, told } = await standing(holder);
    expect(status).not.toHaveProperty('letter');
    expect(told.slice(-2)).toEqual(['prepare-letter', 'drop-letter']);
    expect(told.filter((one) => one === 'drop-letter')).toHaveLength(1);
  }
  expect((await loadMembers(begun)).map(({ became }) => became)).toEqual(Array(4).fill('nothing'));
});

/** A batch of ours in which people may enter, and that nobody prints. */
async function beginBatch(now: number): Promise<string> {
  const batch = `20220101-${department}-${newId().slice(0, 10)}`;
  const begunAt = new Date(now).toISOString();
  const head = { version: 0, headSeq: genesis.seq, headHash: genesis.hash };
  await transact([
    batchWrite({ batch, department, state: 'filling', begunAt, ...head }, undefined),
  ]);
  return batch;
}
