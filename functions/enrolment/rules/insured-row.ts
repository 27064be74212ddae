import { isAddress } from '#shared/kernel/address.ts';
import { addYears, type Day, isRealDay } from '#shared/kernel/calendar.ts';
import { isCardSerial } from '#shared/kernel/card.ts';
import { isDepartment } from '#shared/kernel/departments.ts';
import { parseMobile } from '#shared/kernel/mobile.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { readRecord } from './csv-record.ts';

/** Columns of a file of insured people, in their order. */
export const columns = [
  'nir',
  'birthName',
  'usedName',
  'givenNames',
  'birthDate',
  'sex',
  'addressLine',
  'postcode',
  'city',
  'department',
  'email',
  'cardSerial',
] as const;
export type Column = (typeof columns)[number];
/** What a line of updates names beside the columns. */
export type UpdateField = 'op' | 'reason' | 'diedOn' | 'from' | 'into' | 'regime';

/** Columns that may follow: whose child a minor is, and which of several who were born on one day. */
export const childColumns = ['guardianNir', 'rank'] as const;
type ChildColumn = (typeof childColumns)[number];
/** One that may follow these: INSEE code of the commune of birth, or of the country (99…). */
export const placeColumn = 'birthPlace';
/** A last one that may follow that: a mobile number, for what is sent by text message (ENR-12). */
export const mobileColumn = 'mobile';
type LastColumn = typeof placeColumn | typeof mobileColumn;

/** A row whose every field was checked; the NIR without spaces, empty e-mail meaning none. */
export type InsuredRow = Readonly<Record<Column, string>> & {
  /** Of a minor only (ENR-22); he may have no NIR of his own yet, which is then empty. */
  readonly child?: ChildOf;
  /** Only where the file tells it. */
  readonly birthPlace?: string;
  /** In E.164; only where the file tells one. */
  readonly mobile?: string;
};

/** Whom a minor is attached to; `rank` is empty unless others were born on the same day. */
export type ChildOf = Readonly<Record<ChildColumn, string>>;

/** What is wrong in a row or line: the column or field (or `line`) and a stable code, never the content. */
export interface RowFault {
  readonly field: Column | ChildColumn | UpdateField | LastColumn | 'line';
  readonly code: string;
}

export type RowReading =
  | { readonly ok: true; readonly row: InsuredRow }
  | { readonly ok: false; readonly faults: readonly RowFault[] };

type Check = (text: string, today: Day) => string | undefined;

const words =
  (longest: number, optional = false): Check =>
  (text) => {
    if (text === '') return optional ? undefined : 'required';
    if (/\p{Cc}|\p{Cs}/u.test(text)) return 'control-character';
    return text.length > longest ? 'too-long' : undefined;
  };

const shaped =
  (shape: RegExp, code: string): Check =>
  (text) =>
    text === '' ? 'required' : shape.test(text) ? undefined : code;

/** What each column must be; answers a stable code where it is not. */
export const checks: Readonly<Record<Column, Check>> = {
  nir: (text) => {
    if (text === '') return 'required';
    const read = parseNir(text);
    return read.ok ? undefined : read.reason;
  },
  birthName: words(80),
  usedName: words(80, true),
  givenNames: words(120),
  birthDate: (text, today) => {
    if (text === '') return 'required';
    if (!isRealDay(text) || text < '1880-01-01') return 'no-such-day';
    return text > today ? 'in-the-future' : undefined;
  },
  sex: shaped(/^[MF]$/, 'not-m-or-f'),
  addressLine: words(120, true),
  postcode: shaped(/^\d{5}$/, 'postcode-digits'),
  city: words(80),
  department: (text) => (text === '' ? 'required' : isDepartment(text) ? undefined : 'unknown'),
  email: (text) => {
    if (text === '') return undefined;
    if (text.length > 254) return 'too-long';
    return isAddress(text) ? undefined : 'email-format';
  },
  cardSerial: (text) => (text === '' ? 'required' : isCardSerial(text) ? undefined : 'card-digits'),
};

/** What the columns of a file may be. */
const forms: readonly (readonly string[])[] = [
  columns,
  [...columns, ...childColumns],
  [...columns, ...childColumns, placeColumn],
  [...columns, ...childColumns, placeColumn, mobileColumn],
];

/** How many columns the first line of a file names, if they are ours: with those of children or without. */
export function widthOf(line: string): number | undefined {
  const read = readRecord(line);
  const named = read.ok ? read.fields.join(';') : '';
  return forms.find((form) => named === form.join(';'))?.length;
}

interface Reading {
  readonly today: Day;
  readonly majority?: number;
  /** Columns of the file's first line: a row that was cut short must not pass for one of a shorter form. */
  readonly width: number;
}

/** Reads one line of a file of insured people, or says all that is wrong with it. */
export function readRow(line: string, { today, majority = 18, width }: Reading): RowReading {
  const read = readRecord(line);
  if (!read.ok) return { ok: false, faults: [{ field: 'line', code: read.reason }] };
  const { fields } = read;
  const all = forms.find(({ length }) => length === width);
  if (!all || fields.length !== width)
    return { ok: false, faults: [{ field: 'line', code: 'column-count' }] };
  return checkRow(Object.fromEntries(all.map((one, place) => [one, fields[place]])), {
    today,
    majority,
  });
}

/** Checks the columns of a row, whatever form it came in; an absent one is empty. */
export function checkRow(
  given: Readonly<Record<string, string | undefined>>,
  { today, majority }: { today: Day; majority: number },
): RowReading {
  const textOf = (column: Column | ChildColumn | LastColumn) =>
    (given[column] ?? '').trim().normalize('NFC');
  const [guardian, rank] = [textOf('guardianNir'), textOf('rank')];
  const isChild = guardian !== '';
  const row: Record<string, string> = {};
  const faults: RowFault[] = [];
  for (const column of columns) {
    const text = textOf(column);
    const code = checks[column](text, today);
    // Who was just born has no NIR yet: his guardian's finds him.
    const isUnborn = isChild && column === 'nir' && text === '';
    if (code && !isUnborn) faults.push({ field: column, code });
    row[column] = text;
  }
  faults.push(...childFaults(guardian, rank));
  const birthPlace = textOf(placeColumn);
  if (!/^((\d\d|2[AB])\d{3})?$/.test(birthPlace))
    faults.push({ field: placeColumn, code: 'insee-code' });
  const mobile = parseMobile(textOf(mobileColumn));
  if (textOf(mobileColumn) !== '' && mobile === undefined)
    faults.push({ field: mobileColumn, code: 'mobile-number' });
  const isOfAge = faults.length === 0 && addYears(row.birthDate ?? '', majority) <= today;
  if (isOfAge && row.nir === '') faults.push({ field: 'nir', code: 'required' });
  if (faults.length > 0) return { ok: false, faults };
  const nir = normal(row.nir ?? '');
  // Whoever is of age is nobody's child here, whatever the file says.
  const told = {
    ...full(row),
    nir,
    ...(birthPlace === '' ? {} : { birthPlace }),
    ...(mobile === undefined ? {} : { mobile }),
  };
  if (!isChild || isOfAge) return { ok: true, row: told };
  return { ok: true, row: { ...told, child: { guardianNir: normal(guardian), rank } } };
}

/** From this age on somebody may be insured by himself, though a minor (Code de la sécurité sociale, L160-2). */
const aloneAge = 16;

/** Whether somebody is so young that a file must say whose child he is: nobody else could be told of him (ENR-4, MIN-1). */
export const isNobodysChild = ({ birthDate, child }: InsuredRow, today: Day): boolean =>
  child === undefined && today < addYears(birthDate, aloneAge);

function childFaults(guardian: string, rank: string): RowFault[] {
  const faults: RowFault[] = [];
  const read = parseNir(guardian);
  if (guardian !== '' && !read.ok) faults.push({ field: 'guardianNir', code: read.reason });
  if (rank !== '' && !/^[1-9]$/.test(rank)) faults.push({ field: 'rank', code: 'rank-digit' });
  if (rank !== '' && guardian === '') faults.push({ field: 'guardianNir', code: 'required' });
  return faults;
}

/** A NIR without spaces and dots; empty where it is none. */
function normal(text: string): string {
  const read = parseNir(text);
  return read.ok ? read.nir : '';
}

function full(row: Readonly<Record<string, string>>): InsuredRow {
  const { nir = '', birthName = '', usedName = '', givenNames = '', birthDate = '' } = row;
  const { sex = '', addressLine = '', postcode = '', city = '' } = row;
  const { department = '', email = '', cardSerial = '' } = row;
  return {
    nir,
    birthName,
    usedName,
    givenNames,
    birthDate,
    sex,
    addressLine,
    postcode,
    city,
    department,
    email,
    cardSerial,
  };
}
