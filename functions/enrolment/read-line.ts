import type { KeyObject } from 'node:crypto';
import type { Day } from '#shared/kernel/calendar.ts';
import { childKey, lookupKey } from '#shared/record/table.ts';
import { nirTag } from '#shared/record/tags.ts';
import { childTagsOf, majorityAge } from './import-child.ts';
import type { TaggedRow } from './import-person.ts';
import { columns, type InsuredRow, type RowFault, readRow } from './rules/insured-row.ts';
import type { FileLine, Place } from './rules/split-lines.ts';
import { type Named, readUpdate, type Update } from './rules/update-line.ts';
import { childTag, rowTag } from './tags.ts';

/** What is not a row, with the fingerprints of the NIRs or children that it names. */
export type TaggedChange =
  | (Extract<Update, { op: 'left' | 'death' }> & { readonly tag: string })
  | (Extract<Update, { op: 'merge' | 'split' }> & {
      readonly fromTag: string;
      readonly intoTag: string;
    });

/** A line that was read, and where reading goes on after it. */
export type ReadLine = { readonly number: number; readonly after: Place } & (
  | { readonly tagged: TaggedRow }
  | { readonly change: TaggedChange }
  | { readonly faults: readonly RowFault[] }
);

/** A file of rows (CSV), or one of updates: a JSON object a line. Its name says which. */
export const isOfUpdates = (file: string): boolean => file.endsWith('.ndjson');

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a line, undefined where it is not UTF-8; a byte order mark may begin the file. */
export function decode(bytes: Uint8Array, first = false): string | undefined {
  try {
    const text = utf8.decode(bytes);
    return first ? text.replace(/^\uFEFF/, '') : text;
  } catch {
    return undefined;
  }
}

interface Reading {
  readonly key: KeyObject;
  readonly today: Day;
  readonly ofUpdates: boolean;
  /** Columns of a file of rows. */
  readonly width: number;
}

/** Reads a line; undefined for an empty one. */
export function readLine(line: FileLine, reading: Reading): ReadLine | undefined {
  const { number, bytes, end } = line;
  const after = { offset: end, line: number + 1, skipping: false };
  const faulty = (code: string): ReadLine => ({ number, after, faults: [{ field: 'line', code }] });
  if (!bytes) return faulty('line-too-long');
  const text = decode(bytes, number === 1);
  if (text === undefined) return faulty('not-utf8');
  if (text.trim() === '') return undefined;
  const { key, today } = reading;
  if (!reading.ofUpdates) {
    const read = readRow(text, { today, majority: majorityAge, width: reading.width });
    if (!read.ok) return { number, after, faults: read.faults };
    return { number, after, tagged: taggedRow(key, read.row) };
  }
  const read = readUpdate(text, today, majorityAge);
  if (!read.ok) return { number, after, faults: read.faults };
  const { update } = read;
  if (update.op === 'upsert')
    return { number, after, tagged: taggedRow(key, update.row, update.regime) };
  return { number, after, change: tagged(key, update) };
}

/** What a row tells beyond the columns counts in its fingerprint where it is told: other rows keep theirs. */
function taggedRow(key: KeyObject, row: InsuredRow, regime?: string): TaggedRow {
  const { guardianNir, rank } = row.child ?? {};
  const values = [
    ...columns.map((column) => row[column]),
    ...(guardianNir === undefined ? [] : [guardianNir, rank ?? '']),
    ...(row.birthPlace === undefined ? [] : ['birthPlace', row.birthPlace]),
    ...(row.mobile === undefined ? [] : ['mobile', row.mobile]),
    ...(regime === undefined ? [] : [regime]),
  ];
  return {
    ...{ row, nirTag: row.nir === '' ? '' : nirTag(key, row.nir), rowTag: rowTag(key, values) },
    child: childTagsOf(row, key),
    ...(regime === undefined ? {} : { regime }),
  };
}

function tagged(key: KeyObject, update: Exclude<Update, { op: 'upsert' }>): TaggedChange {
  if (update.op === 'left' || update.op === 'death')
    return { ...update, tag: tagOf(key, whoIn(update)) };
  const { from, into } = update;
  return { ...update, fromTag: tagOf(key, from), intoTag: tagOf(key, into) };
}

/** By what a line that is no row is known again among those about the same person. */
export const lineTag = (change: TaggedChange): string =>
  'tag' in change ? change.op : `${change.op} ${change.intoTag}`;

/** Whom an end names. */
export const whoIn = (end: Extract<Update, { op: 'left' | 'death' }>): Named =>
  'nir' in end ? end.nir : end.child;

const tagOf = (key: KeyObject, named: Named): string =>
  typeof named === 'string' ? nirTag(key, named) : childTag(key, named);

/** Under which key that leads to somebody whom a line names. */
export const placeOfNamed = (named: Named, tag: string) =>
  typeof named === 'string' ? lookupKey(tag) : childKey(tag);

/** Whom a change names, with their fingerprints. */
const namedIn = (change: TaggedChange): readonly { named: Named; tag: string }[] =>
  'tag' in change
    ? [{ named: whoIn(change), tag: change.tag }]
    : [
        { named: change.from, tag: change.fromTag },
        { named: change.into, tag: change.intoTag },
      ];

/** The fingerprints of the NIRs that a line names, a guardian's included. */
export function nirTagsOf(line: ReadLine): readonly string[] {
  if ('tagged' in line) {
    const { nirTag, child } = line.tagged;
    return [...(nirTag === '' ? [] : [nirTag]), ...(child ? [child.guardianTag] : [])];
  }
  if (!('change' in line)) return [];
  return namedIn(line.change).flatMap(({ named, tag }) => (typeof named === 'string' ? tag : []));
}

/** Those of the children whom a line names as their guardians'. */
export function childTagsIn(line: ReadLine): readonly string[] {
  if ('tagged' in line) return line.tagged.child ? [line.tagged.child.tag] : [];
  if (!('change' in line)) return [];
  return namedIn(line.change).flatMap(({ named, tag }) => (typeof named === 'string' ? [] : tag));
}

/** What must not stand twice in a window: a person, and whoever a child of it is attached to. */
export const tagsOf = (line: ReadLine): readonly string[] => [
  ...nirTagsOf(line),
  ...childTagsIn(line),
];
