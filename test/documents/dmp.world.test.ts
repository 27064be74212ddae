import './record.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { loadDmp } from '#functions/documents/dmp-store.ts';
import { loadTransferred } from '#functions/documents/load-transferred.ts';
import { grantHolder } from '#shared/access/grant.ts';
import { become, someoneWho } from './becoming.ts';
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
import { belongsTo, settles, waiting } from './dmp-owners.ts';
import { manifestOf, others, packed } from './packages.ts';
import { world } from './record.ts';
import { Found, reads, searches } from './talk.ts';

afterEach(() => world.clearFaults());

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
    const texts = [];
    for (const url of urls) texts.push((await reads('camille', url)).text);
    const kept = [0, 1, 4].map((at) => documents[at]?.bytes.toString('utf8') ?? '');
    expect(texts.toSorted()).toEqual(kept.toSorted());
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
    expect(await takesIn(at, () => ++asked < 2)).toBe('more');
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 2 });
    const documents = [packed(nir, '1')];
    const next = await handsOver(manifestOf(nir, documents), documents);
    expect(await takesIn(next)).toBe('complete');
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 1 });
  });

  test('goes on where time ran out, and counts each document once', async () => {
    const { holder, at } = await waiting();
    const answers = [];
    // Even one that never has time brings it on by one document.
    for (let times = 0; times < 4; times++) answers.push(await takesIn(at, () => false));
    expect(answers).toEqual(['more', 'more', 'complete', 'complete']);
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
  });
});

describe('a package that the world takes in', () => {
  test('is gone on with by message where the function has no time left', async () => {
    const { holder, nir } = await someoneWho('invited');
    const documents = [packed(nir, '1'), packed(nir, '2'), packed(nir, '3')];
    await world.shorten('documents-transfer', 60_000, 2);
    const of = await handsOver(manifestOf(nir, documents), documents, 'manifests');
    await world.idle();
    expect(await receiptOf(of)).toMatchObject({ state: 'complete', taken: 3 });
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
  });

  test('and that is not whole leaves nothing held', async () => {
    const { holder, nir } = await someoneWho('invited');
    const documents = [packed(nir, '1'), packed(nir, '2')];
    const of = await handsOver(manifestOf(nir, documents), documents.slice(0, 1), 'manifests');
    await world.idle();
    expect(await receiptOf(of)).toMatchObject({ code: 'content-missing', document: 1 });
    expect(await filedOf(holder)).toEqual({ DMP: 1 });
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
