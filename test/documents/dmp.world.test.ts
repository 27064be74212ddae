import './record.ts';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { type Held, listHeld, loadDmp } from '#functions/documents/dmp-store.ts';
import { loadTransferred } from '#functions/documents/load-transferred.ts';
import { onBeginDeletion } from '#functions/documents/on-begin-deletion.ts';
import { settleDmp } from '#functions/documents/settle-dmp.ts';
import { personBy } from '#infra/local/engines/issuer/people.ts';
import { grantHolder } from '#shared/access/grant.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { transact } from '#shared/aws/transact.ts';
import { loadSince } from '#shared/journal/head.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import { loadErasure } from '#shared/record/erasure.ts';
import { linkWrite } from '#shared/record/link.ts';
import { loadStanding } from '#shared/record/standing.ts';
import { statusKey } from '#shared/record/table.ts';
import { standsAs } from '#test/notices/holders.ts';
import { become, someoneWho } from './becoming.ts';
import { deposit } from './deposits.ts';
import {
  announces,
  filedOf,
  type Given,
  handsOver,
  holds,
  now,
  receiptOf,
  takesIn,
  toldOf,
} from './dmp.ts';
import { manifestOf, others, packed } from './packages.ts';
import { world } from './record.ts';
import { deposits, Found, reads, searches } from './talk.ts';

afterEach(() => world.clearFaults());

const settles = (holder: string) => settleDmp(holder, () => now);
/** Somebody invited, and a package with three documents of his, one of which was replaced. */
async function waiting() {
  const { holder, nir } = await someoneWho('invited');
  const documents = [
    packed(nir, '1'),
    packed(nir, '2'),
    packed(nir, '3', { status: 'superseded' }),
  ];
  const manifest = manifestOf(nir, documents);
  const at = await handsOver(manifest, documents);
  return { holder, nir, documents, manifest, at };
}

/** The record of somebody whose account is ready at home. */
async function belongsTo(holder: string, citizen: string): Promise<string> {
  const subject = personBy(citizen)?.subject ?? '';
  await become(holder, 'activated');
  const tag = await standsAs(holder, { status: 'activated', linkedTo: subject });
  await transact([linkWrite(tag ?? '', { holder, linkedAt: await world.now() })]);
  return subject;
}

describe('R1111-40: an existing DMP', () => {
  test('is taken in before the opening, held, and moves whole at it', async () => {
    const { holder, manifest, at } = await waiting();
    expect(await takesIn(at)).toBe('complete');
    await world.idle();
    const { hash } = manifest;
    expect(await receiptOf(at)).toMatchObject({ state: 'complete', taken: 3, of: 3, hash });
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
    await become(holder, 'open');
    await settles(holder);
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
    expect((await loadDmp(holder))?.state).toBe('moved');
    const told = ['documents/take-in-dmp 3', 'documents/transfer-dmp 3'];
    expect(await toldOf(holder)).toEqual(told);
  });

  test('that comes after the opening moves at once, though nothing else happens', async () => {
    const { holder, nir } = await someoneWho('open');
    const documents = [packed(nir, '1')];
    await handsOver(manifestOf(nir, documents), documents, 'manifests');
    await world.idle();
    expect(await filedOf(holder)).toEqual({ DMP: 1, DOC: 1, UID: 1 });
  });

  test('is read by its holder with its bytes, labels obeyed (DOC-21, DOC-24), and lists as they came', async () => {
    const { holder, nir } = await someoneWho('invited');
    const documents = [
      packed(nir, '1', { title: 'Ancien compte rendu' }),
      packed(nir, '2', { code: 'MASQUE_PS' }),
      packed(nir, '3', { code: 'INVISIBLE_PATIENT' }),
      packed(nir, '4', { status: 'superseded' }),
      packed(nir, '5', {
        bytes: Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(5_000_000, 7)]),
      }),
    ];
    await handsOver(manifestOf(nir, documents), documents, 'manifests');
    await world.idle();
    const subject = await belongsTo(holder, 'camille');
    await settles(holder);
    const { entry = [], total } = Found.parse((await searches('camille')).body);
    expect(total).toBe(3);
    const urls = entry.map(({ resource }) => resource.content[0]?.attachment.url ?? '');
    const sizes = [];
    for (const url of urls) sizes.push((await reads('camille', url)).text.length > 0);
    expect(sizes).toEqual([true, true, true]);
    const found = Found.parse((await searches('camille', { status: 'superseded' })).body);
    expect(found.total).toBe(1);
    const grant = await grantHolder({ kind: 'holder', subject }, now);
    expect(await loadTransferred(grant)).toEqual({ source: 'caisse', ...others });
    expect(await toldOf(holder)).toContain('documents/transfer-dmp 4');
  });
});

describe('a package', () => {
  test('that is not whole is refused with its reason and leaves nothing; the right one comes after it', async () => {
    const { holder, nir } = await someoneWho('invited');
    const other = await someoneWho('invited');
    const [one, two] = [packed(nir, '1'), packed(nir, '2')];
    const both = [one, two];
    const bytes = Buffer.from('%PDF-1.7 autre');
    const good = manifestOf(nir, both);
    const { documents: _, ...without } = good.counts;
    const trials: [code: string, of: Given, docs: typeof both][] = [
      ['count-differs', { ...good, counts: { documents: 3, ...without } }, both],
      ['list-differs', { ...good, hash: '0'.repeat(64) }, both],
      ['manifest-unreadable', { ...good, format: 'dmp' }, both],
      ['named-twice', manifestOf(nir, [one, one]), both],
      ['unknown-owner', { ...good, owner: { ins: nir, birthDate: '1985-05-13' } }, both],
      [
        'unknown-owner',
        { ...good, owner: { ins: '1850591234567', birthDate: '1985-05-12' } },
        both,
      ],
      ['resource-of-another', manifestOf(nir, [one, packed(other.nir, '2')]), both],
      ['resource-unsound', manifestOf(nir, [one, packed(nir, '2', { code: 'CACHE' })]), both],
      ['content-missing', manifestOf(nir, both), [one]],
      ['size-differs', manifestOf(nir, both), [one, { ...two, bytes }]],
      [
        'hash-differs',
        manifestOf(nir, both),
        [one, { ...two, bytes: Buffer.from(two.bytes).reverse() }],
      ],
    ];
    for (const [code, manifest, documents] of trials) {
      const at = await handsOver(manifest, documents);
      expect(await takesIn(at), code).toBe('refused');
      expect(await takesIn(at), code).toBe('refused');
      expect((await receiptOf(at)).state, code).toBe('refused');
      const { HELD, DOC } = await filedOf(holder);
      expect([HELD, DOC], code).toEqual([undefined, undefined]);
    }
    expect(await toldOf(holder)).toEqual([]);
    const at = await handsOver(good, both);
    expect(await takesIn(at)).toBe('complete');
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 2 });
  });

  test('dropped again is the same one; another of the same DMP is refused', async () => {
    const { holder, nir, documents, manifest, at } = await waiting();
    expect([await takesIn(at), await takesIn(at)]).toEqual(['complete', 'complete']);
    const again = await announces(manifest);
    // Dropped over the first one: what was announced is not there any more.
    expect([await takesIn(at), await takesIn(again)]).toEqual(['gone', 'complete']);
    expect(await receiptOf(again)).toMatchObject({ state: 'complete', taken: 3 });
    const less = await handsOver(manifestOf(nir, documents.slice(1)), documents.slice(1));
    expect(await takesIn(less)).toBe('refused');
    expect(await receiptOf(less)).toMatchObject({ code: 'other-package' });
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
    expect(await toldOf(holder)).toEqual(['documents/take-in-dmp 3']);
  });

  test('that was left half done gives way to the next, of which nothing else is held', async () => {
    const { holder, nir, at } = await waiting();
    let asked = 0;
    expect(await takesIn(at, () => ++asked < 3)).toBe('more');
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 2 });
    const documents = [packed(nir, '1')];
    const next = await handsOver(manifestOf(nir, documents), documents);
    expect(await takesIn(next)).toBe('complete');
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 1 });
  });

  test('goes on where time ran out, and counts each document once', async () => {
    const { holder, at } = await waiting();
    const answers = [];
    for (let times = 0; times < 4; times++) {
      let asked = 0;
      answers.push(await takesIn(at, () => ++asked < 2));
    }
    expect(answers).toEqual(['more', 'more', 'complete', 'complete']);
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
  });
});

describe('L1111-18: who objects', () => {
  test('has his DMP archived, not lost, and all of it back when he activates', async () => {
    const { holder, at } = await waiting();
    await holds(at);
    await become(holder, 'opposed');
    await settles(holder);
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
    expect((await loadDmp(holder))?.state).toBe('archived');
    await become(holder, 'activated');
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
    const acts = ['take-in', 'archive', 'transfer'].map((act) => `documents/${act}-dmp 3`);
    expect(await toldOf(holder)).toEqual(acts);
  });

  test('in time, after an opening that was faster, has it archived where it is, and back once', async () => {
    const { holder, at } = await waiting();
    await holds(at);
    for (const word of ['open', 'opposed', 'activated'] as const) {
      await become(holder, word);
      await settles(holder);
    }
    expect(await filedOf(holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
    const acts = ['take-in', 'transfer', 'archive', 'transfer'];
    expect(await toldOf(holder)).toEqual(acts.map((act) => `documents/${act}-dmp 3`));
  });

  test('before it came, has it archived when it comes', async () => {
    const { holder, at } = await waiting();
    await become(holder, 'opposed');
    await holds(at);
    expect((await loadDmp(holder))?.state).toBe('archived');
  });
});

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
