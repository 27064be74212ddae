import { describe, expect, test } from 'vitest';
import { hashOfLists, readPackage } from '#functions/documents/read-package.ts';
import { type DmpState, dmpFate, dmpStates } from '#functions/documents/rules/dmp-fate.ts';
import { faultOfPackage } from '#functions/documents/rules/dmp-package.ts';
import {
  describeTransferred,
  faultOfTransferred,
  isForEverybody,
} from '#functions/documents/rules/transferred.ts';
import type { Manifest } from '#functions/documents/schema-dmp.ts';
import { announced } from '#functions/documents/transfer-name.ts';
import { statuses } from '#shared/kernel/status.ts';
import { manifestOf, packed } from './packages.ts';

const nir = '185057800608491';
const [one, two] = [packed(nir, '1'), packed(nir, '2')];
const good = manifestOf(nir, [one, two]);

describe('R1111-40: what becomes of a DMP, from how far it has come and how the record stands', () => {
  const fates = (state: DmpState, fate: string) =>
    statuses.filter((status) => dmpFate(state, status) === fate);

  test.each(['held', 'moving', 'archived'] as const)(
    '%s, it moves into a record that opened or was activated, and no other',
    (state) => {
      expect(fates(state, 'move')).toEqual(['open', 'activated']);
    },
  );

  test.each(['held', 'moving', 'moved'] as const)(
    'L1111-18: %s, it is archived of who objects, and of nobody else',
    (state) => {
      expect(fates(state, 'archive')).toEqual(['opposed']);
    },
  );

  test.each(['taking-in', 'refused'] as const)(
    '%s, it waits whatever the record is: it does not count',
    (state) => {
      expect(fates(state, 'keep')).toEqual([...statuses]);
    },
  );

  test('a move that is done, an archive that is made, are not done again', () => {
    expect(dmpFate('moved', 'open')).toBe('keep');
    expect(dmpFate('archived', 'opposed')).toBe('keep');
    for (const state of dmpStates) expect(dmpFate(state, undefined)).toBe('keep');
  });
});

describe('R1111-40: a manifest', () => {
  const told = (manifest: Manifest) =>
    readPackage(Buffer.from(JSON.stringify(manifest)), good.transfer);
  const faultOf = (manifest: Manifest) => {
    const read = told(manifest);
    return 'fault' in read ? read.fault : undefined;
  };

  test('that is whole is read as it came', () => {
    expect(told(good)).toEqual({ manifest: good });
  });

  test('is hashed by its lists in canonical form, whatever the order of names', () => {
    const { traces, documents, ...rest } = good;
    expect(hashOfLists({ traces, ...rest, documents })).toBe(good.hash);
    expect(hashOfLists({ ...good, traces: [] })).not.toBe(good.hash);
  });

  test.each(['documents', 'reimbursements', 'blocks', 'authorisations', 'traces'] as const)(
    'with one of its %s too few is refused, by count first, then by hash',
    (name) => {
      const less = { ...good, [name]: good[name].slice(1) };
      expect(faultOf(less)).toBe('count-differs');
      const counts = { ...good.counts, [name]: good[name].length - 1 };
      expect(faultOf({ ...less, counts })).toBe('list-differs');
    },
  );

  test('under another name than its key, or with a document or an object twice, is refused', () => {
    const by = { transfer: good.transfer, computed: good.hash };
    expect(faultOfPackage(good, by)).toBeUndefined();
    expect(faultOfPackage({ ...good, transfer: 'a'.repeat(26) }, by)).toBe('manifest-elsewhere');
    const twice = manifestOf(nir, [one, { ...two, packed: { ...two.packed, content: '1' } }]);
    expect(faultOf({ ...twice, transfer: good.transfer })).toBe('named-twice');
    const again = manifestOf(nir, [one, { ...one, packed: { ...one.packed, content: '2' } }]);
    expect(faultOf({ ...again, transfer: good.transfer })).toBe('named-twice');
  });

  test.each([
    ['no JSON', Buffer.from('{')],
    ['no text', Buffer.from([0xff, 0xfe])],
    ['another object', Buffer.from('{}')],
    ['a field that nobody knows', Buffer.from(JSON.stringify({ ...good, more: 1 }))],
  ])('that is %s is unreadable', (_, bytes) => {
    expect(readPackage(bytes, good.transfer)).toEqual({ fault: 'manifest-unreadable' });
  });

  test('is announced under an opaque name only: a number of a person is none', () => {
    const at = (manifest: string) => announced({ manifest, version: 'v', etag: 'e' })?.transfer;
    expect(at(`manifests/${good.transfer}.json`)).toBe(good.transfer);
    for (const key of [`manifests/${nir}.json`, 'manifests/x.json', `manifests/${good.transfer}`])
      expect(at(key)).toBeUndefined();
  });
});

describe('R1111-40: a document of a DMP', () => {
  const { resource } = one.packed;

  test('of its owner is fit, with and without its subject, current or superseded (DOC-24)', () => {
    const { subject: _, ...without } = resource;
    expect(faultOfTransferred(resource, nir)).toBeUndefined();
    expect(faultOfTransferred(without, nir)).toBeUndefined();
    expect(faultOfTransferred({ ...resource, status: 'superseded' }, nir)).toBeUndefined();
  });

  test('of a type that is not admitted any more moves all the same', () => {
    const type = { coding: [{ system: 'http://loinc.org', code: '28617-9' }] };
    expect(faultOfTransferred({ ...resource, type }, nir)).toBeUndefined();
  });

  test.each([
    ['resource-of-another', resource, '269059900100106'],
    ['resource-unsound', { ...resource, masterIdentifier: undefined }, nir],
    ['resource-unsound', { ...resource, status: 'entered-in-error' }, nir],
    ['resource-unsound', { ...resource, content: [] }, nir],
    ['resource-unsound', { ...resource, content: [{ attachment: { data: 'AA==' } }] }, nir],
    ['resource-unsound', packed(nir, '1', { code: 'MASQUE' }).packed.resource, nir],
  ])('is refused (%s)', (fault, given, ins) => {
    expect(faultOfTransferred(given, ins)).toBe(fault);
  });

  const registered = {
    ...{ document: 'd1', version: 1, entry: 'e1', receivedAt: '2022-01-31T09:00:00.000Z' },
  };

  test('keeps all that came: identifier, date, status, labels, replacements (DOC-20, DOC-27)', () => {
    const relatesTo = [{ code: 'replaces', target: { display: 'x' } }];
    const given = { ...resource, status: 'superseded', relatesTo };
    const kept = describeTransferred(given, { sizeBytes: 9, sha1: 's' }, registered);
    const { masterIdentifier, date, securityLabel, type, author, contained } = resource;
    expect(kept).toMatchObject({
      ...{ masterIdentifier, date, securityLabel, type, author, contained, relatesTo },
      ...{ status: 'superseded', id: 'd1', meta: { versionId: '1' } },
      content: [{ attachment: { url: 'Binary/d1', size: 9, hash: 's' } }],
    });
  });

  test('DOC-21, MIN-14: counts among what is told only where everybody may know of it', () => {
    const of = (code?: string) => packed(nir, '1', code ? { code } : {}).packed.resource;
    const forAll = (isMinors: boolean) =>
      [undefined, 'MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REPRESENTANTS_LEGAUX'].map((code) =>
        isForEverybody(of(code), isMinors),
      );
    expect(forAll(false)).toEqual([true, true, false, true]);
    expect(forAll(true)).toEqual([true, true, false, false]);
  });
});
