import { isAddress } from '#shared/kernel/address.ts';
import { type Day, isRealDay } from '#shared/kernel/calendar.ts';
import { isCardSerial } from '#shared/kernel/card.ts';
import { isDepartment } from '#shared/kernel/departments.ts';
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

/** A row whose every field was checked; the NIR without spaces, empty e-mail meaning none. */
export type InsuredRow = Readonly<Record<Column, string>>;

/** What is wrong in a row or line: the column or field (or `line`) and a stable code, never the content. */
export interface RowFault {
  readonly field: Column | UpdateField | 'line';
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

/** Whether the first line of a file names our columns. */
export function isHeader(line: string): boolean {
  const read = readRecord(line);
  return read.ok && read.fields.join(';') === columns.join(';');
}

/** Reads one line of a file of insured people, or says all that is wrong with it. */
export function readRow(line: string, today: Day): RowReading {
  const read = readRecord(line);
  if (!read.ok) return { ok: false, faults: [{ field: 'line', code: read.reason }] };
  if (read.fields.length !== columns.length)
    return { ok: false, faults: [{ field: 'line', code: 'column-count' }] };
  const { fields } = read;
  return checkRow(Object.fromEntries(columns.map((one, place) => [one, fields[place]])), today);
}

/** Checks the columns of a row, whatever form it came in; an absent one is empty. */
export function checkRow(
  given: Readonly<Record<string, string | undefined>>,
  today: Day,
): RowReading {
  const row: Record<string, string> = {};
  const faults: RowFault[] = [];
  for (const column of columns) {
    const text = (given[column] ?? '').trim().normalize('NFC');
    const code = checks[column](text, today);
    if (code) faults.push({ field: column, code });
    row[column] = text;
  }
  if (faults.length > 0) return { ok: false, faults };
  const nir = parseNir(row.nir ?? '');
  return { ok: true, row: { ...full(row), nir: nir.ok ? nir.nir : '' } };
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
