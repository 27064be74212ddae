import { expect, test } from 'vitest';
import type { TaggedRow } from '#functions/enrolment/import-person.ts';
import { placeOf, statusesNeeded } from '#functions/enrolment/rules/place-of.ts';
import type { Lookup } from '#shared/record/lookup.ts';
import { person } from './builders.ts';
import { someone } from './someone.ts';

const row: TaggedRow = { row: someone('12'), nirTag: 'own', rowTag: 'new' };
const child: TaggedRow = { ...row, child: { tag: 'as-child', guardianTag: 'parent' } };
const known = (holder: string, more: Partial<Lookup> = {}): Lookup => ({
  ...{ holder, rowTag: 'old' },
  ...more,
});
const statuses = new Map(
  ['kid', 'mother'].map((holder) => [holder, { ...person.known, holder }] as const),
);

function place(
  tagged: TaggedRow,
  byNir: Record<string, Lookup>,
  byGuardian: Record<string, Lookup> = {},
) {
  const lookups = {
    byNir: new Map(Object.entries(byNir)),
    byGuardian: new Map(Object.entries(byGuardian)),
  };
  const found = placeOf(tagged, lookups, statuses);
  if ('fault' in found) return `${found.fault.field}/${found.fault.code}`;
  return [
    found.lookup?.holder ?? 'new',
    found.status ? 'changed' : 'same',
    ...statusesNeeded(tagged, lookups),
  ].join(' ');
}

test('ENR-20: a number that another has replaced takes no rows, one that was told wrongly is free', () => {
  expect(place(row, { own: known('kid', { former: true }) })).toBe('nir/replaced');
  expect(place(row, { own: known('kid', { free: true }) })).toBe('new same');
  expect(place(row, { own: known('kid') })).toBe('kid changed kid');
  expect(place(row, { own: known('kid', { rowTag: 'new' }) })).toBe('kid same');
});

test('ENR-22: a child is found by its own number or its guardian’s; a free number of the guardian’s is nobody', () => {
  const parent = known('mother');
  const unchanged = known('kid', { rowTag: 'new' });
  expect(place(child, {})).toBe('guardianNir/unknown-guardian');
  expect(place(child, { parent: known('mother', { free: true }) })).toBe(
    'guardianNir/unknown-guardian',
  );
  expect(place(child, { parent })).toBe('new same mother');
  // A number that was replaced still leads to its person.
  expect(place(child, { parent: known('mother', { former: true }) })).toBe('new same mother');
  expect(place(child, { parent }, { 'as-child': known('kid') })).toBe('kid changed kid mother');
  expect(place(child, { parent }, { 'as-child': unchanged })).toBe('kid same');
  expect(place(child, { parent, own: known('other') }, { 'as-child': unchanged })).toBe(
    'rank/same-day',
  );
  expect(place(child, { parent, own: known('mother') })).toBe('guardianNir/own-nir');
});

test('ENR-20, ENR-22: a child’s number that was free is his from the row on that names him by it', () => {
  const found = { parent: known('mother'), own: known('other', { free: true }) };
  const unchanged = { 'as-child': known('kid', { rowTag: 'new' }) };
  expect(place(child, found, unchanged)).toBe('kid changed kid mother');
});

test('ENR-20: a child’s place by which its record was merged takes no rows without a number', () => {
  const joined = known('kid', { former: true, merged: 'other' });
  const born: TaggedRow = { ...child, nirTag: '' };
  expect(place(born, { parent: known('mother') }, { 'as-child': joined })).toBe(
    'guardianNir/replaced',
  );
  const both = { own: known('kid'), parent: known('mother') };
  expect(place(child, both, { 'as-child': joined })).toBe('kid changed kid mother');
});
