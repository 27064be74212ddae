import './record.ts';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { type Held, listHeld, loadDmp } from '#functions/documents/dmp-store.ts';
import { onBeginDeletion } from '#functions/documents/on-begin-deletion.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { loadSince } from '#shared/journal/head.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import { loadErasure } from '#shared/record/erasure.ts';
import { loadStanding } from '#shared/record/standing.ts';
import { statusKey } from '#shared/record/table.ts';
import { become } from './becoming.ts';
import { deposit } from './deposits.ts';
import { filedOf, holds, now, receiptOf } from './dmp.ts';
import { belongsTo, settles, waiting } from './dmp-owners.ts';
import { world } from './record.ts';
import { deposits, Found, searches } from './talk.ts';

afterEach(() => world.clearFaults());

describe('what is held', () => {
  const change = async (holder: string, { document }: Held, to: Held) =>
    dynamo.send(
      new UpdateCommand({
        TableName: world.physical('DOCUMENTS_TABLE'),
        Key: { pk: `H#${holder}`, sk: `HELD#${document}` },
        UpdateExpression: 'SET sealed = :sealed',
        ExpressionAttributeValues: { ':sealed': to.sealed },
      }),
    );

  test('and was exchanged does not move: nothing of it does, until it is right again', async () => {
    const { holder, at } = await waiting();
    await holds(at);
    const [one, two] = await listHeld(holder);
    if (!one || !two) throw new Error('nothing is held');
    await change(holder, one, two);
    await become(holder, 'open');
    await expect(settles(holder)).rejects.toThrow('does not open');
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
    await change(holder, one, one);
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
  });

  test('goes with the record when it is deleted, and is counted (ENR-43)', async () => {
    const { holder, at } = await waiting();
    await holds(at);
    await become(holder, 'deleting');
    const of = { holder, begunSeq: 2 };
    await onBeginDeletion(of, () => now);
    expect(await filedOf(holder)).toEqual({});
    const { object } = (await loadErasure(of)).get('documents/erase-record') ?? {};
    // Three contents and the sealed manifest.
    expect(object?.counts).toEqual({ documents: 3, versions: 4 });
  });

  test('waits while the record is suspended', async () => {
    const { holder, at } = await waiting();
    await holds(at);
    await become(holder, 'suspended');
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
  });
});

describe('R1111-40: what is not said', () => {
  test('nothing of a DMP stands in clear: no number, title, author, act, not where it is held nor told', async () => {
    const { holder, nir, at } = await waiting();
    await holds(at);
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: world.physical('DOCUMENTS_TABLE'),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `H#${holder}` },
      }),
    );
    const items = Items.map((item) =>
      JSON.stringify({ ...item, sealed: Buffer.from(item.sealed ?? []).toString('latin1') }),
    );
    const { rest = '' } = (await loadDmp(holder)) ?? {};
    const get = new GetObjectCommand({
      Bucket: world.physical('VAULT_BUCKET'),
      Key: `${holder}/${rest}/1`,
    });
    const { Body } = await s3.send(get);
    const sealed = Buffer.from((await Body?.transformToByteArray()) ?? []).toString('latin1');
    expect(sealed.length).toBeGreaterThan(1000);
    const { lines } = await loadSince({ holder, lane: laneOf('dmp-transfer'), seq: 1 });
    const receipt = JSON.stringify(await receiptOf(at));
    for (const text of [...items, sealed, JSON.stringify(lines), receipt]) {
      expect(text).not.toContain(nir);
      expect(text).not.toMatch(/bilan|Supposée|899700218896|Pharmacie|11502|urn:uuid|1985-05-12/i);
    }
  });
});

describe('R1111-40: while the record is still to open', () => {
  test('who feeds the DMP goes on, once it is noted; nobody is told; it is read after the opening', async () => {
    const { holder, nir, at } = await waiting();
    expect((await deposits('laboratoire', deposit(nir))).status).toBe(404);
    await holds(at);
    expect((await loadStanding(holder))?.dmp).toMatchObject({ since: expect.any(String) });
    expect((await deposits('laboratoire', deposit(nir))).status).toBe(201);
    await world.idle();
    const { lines } = await loadSince({ holder, lane: laneOf('dmp-transfer'), seq: 1 });
    expect(lines.length).toBeGreaterThan(0);
    await belongsTo(holder, 'yanis');
    await settles(holder);
    const { total } = Found.parse((await searches('yanis')).body);
    // Two current ones of the DMP, and the one that was deposited meanwhile.
    expect(total).toBe(3);
    const token = await world.token('yanis');
    const notices = await world.request({ path: '/notices', token });
    expect(JSON.stringify(notices.body)).not.toContain('AJOUT_DOCUMENT');
  });

  test('the end of what is archived stands in the status of who objected (L1111-18)', async () => {
    const { holder, at } = await waiting();
    await become(holder, 'opposed');
    await holds(at);
    // As a room of its own reads it: the whole status is the enrolment room's.
    const key = statusKey(holder);
    const get = new GetCommand({ TableName: world.physical('ENROLMENT_TABLE'), Key: key });
    const { Item } = await dynamo.send(get);
    expect(Item?.dmp).toMatchObject({ deleteFrom: expect.stringMatching(/^203[2-9]/) });
    expect(String(Item?.duePk)).toMatch(/^ERASE#/);
  });
});
