import { endOfDay } from '#shared/kernel/calendar.ts';
import { systems } from '../data/classes.ts';
import type { Coding, DocumentReference, SearchForm } from '../schema.ts';
import { isKeptFrom, type Reader } from './describe.ts';

/** A search as it is carried out: every criterion must hold. */
export interface Wanted {
  readonly type: readonly Coding[] | undefined;
  readonly category: readonly Coding[] | undefined;
  readonly status: readonly string[];
  readonly dates: readonly Interval[];
}

/** From an instant on, before another; milliseconds. */
interface Interval {
  readonly from: number;
  readonly before: number;
}

const everything: Interval = { from: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY };

/** The criteria of a form, or which of them has not the form of its kind (DOC-30). By default only what is current (DOC-24). */
export function wantedBy(form: SearchForm): Wanted | { wrong: string } {
  const dates = [form.date ?? []].flat().map(intervalOf);
  if (dates.some((one) => one === undefined)) return { wrong: 'date' };
  const type = tokensOf(form.type);
  const category = tokensOf(form.category);
  if (type?.some(isEmpty)) return { wrong: 'type' };
  if (category?.some(isEmpty)) return { wrong: 'category' };
  const status = (form.status ?? 'current').split(',');
  if (!status.every((one) => one === 'current' || one === 'superseded')) return { wrong: 'status' };
  return { type, category, status, dates: dates.filter((one) => one !== undefined) };
}

const isEmpty = ({ code, system }: Coding) => !code && !system;

/** `system|code`, `|code`, `code` or `system|`, several of them apart by commas. */
function tokensOf(text: string | undefined): Coding[] | undefined {
  return text?.split(',').map((token) => {
    const [first = '', second] = token.split('|');
    if (second === undefined) return { code: first };
    return { ...(first ? { system: first } : {}), ...(second ? { code: second } : {}) };
  });
}

const parts =
  /^(eq|ge|gt|le|lt)?(\d{4})(?:-(\d{2})(?:-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/;

/** A date as FHIR compares it: a year, month or day stands for all its instants, in Paris. */
function intervalOf(text: string): Interval | undefined {
  const found = parts.exec(text);
  if (!found) return undefined;
  const [, prefix = 'eq', year = '', month, day, time] = found;
  const span = time ? spanOfInstant(text.slice(text.indexOf(year))) : spanOfDays(year, month, day);
  if (!span || Number.isNaN(span.from) || Number.isNaN(span.before)) return undefined;
  switch (prefix) {
    case 'ge':
      return { ...everything, from: span.from };
    case 'gt':
      return { ...everything, from: span.before };
    case 'le':
      return { ...everything, before: span.before };
    case 'lt':
      return { ...everything, before: span.from };
    default:
      return span;
  }
}

function spanOfInstant(text: string): Interval {
  const from = Date.parse(text);
  return { from, before: from + (/:\d{2}:\d{2}/.test(text) ? 1000 : 60_000) };
}

function spanOfDays(year: string, month?: string, day?: string): Interval | undefined {
  const first = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const at = new Date(`${first}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== first) return undefined;
  const next = new Date(at);
  if (day) next.setUTCDate(next.getUTCDate() + 1);
  else if (month) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  const begin = (of: Date) =>
    endOfDay(new Date(of.getTime() - 86_400_000).toISOString().slice(0, 10), 'Europe/Paris') + 1;
  return { from: begin(at), before: begin(next) };
}

/** Whether a document is among those that are looked for; one that is kept from the reader never is (DOC-21, MIN-14). */
export function matches(
  document: DocumentReference,
  wanted: Wanted,
  reader: Reader = 'own-record',
): boolean {
  if (isKeptFrom(reader, document) || !wanted.status.includes(document.status)) return false;
  const at = Date.parse(document.date ?? '');
  return (
    said(wanted.type, [document.type], systems.loinc, systems.type) &&
    said(wanted.category, document.category ?? [], systems.class) &&
    wanted.dates.every(({ from, before }) => at >= from && at < before)
  );
}

/** Whether one of the codings asked for is said; the OID and the address of a system are the same. */
function said(
  asked: readonly Coding[] | undefined,
  concepts: readonly ({ coding?: Coding[] | undefined } | undefined)[],
  ...synonyms: readonly (readonly string[])[]
): boolean {
  if (!asked) return true;
  const given = concepts.flatMap((concept) => concept?.coding ?? []);
  const same = (one: string | undefined, other: string | undefined) =>
    one === other || synonyms.some((all) => all.includes(one ?? '') && all.includes(other ?? ''));
  return asked.some(({ system, code }) =>
    given.some(
      (one) =>
        (code === undefined || one.code === code) &&
        (system === undefined || same(one.system, system)),
    ),
  );
}

/** The place of a document in an answer: latest first, by its date and then its id. */
export function placeOf(document: DocumentReference): string {
  const at = Date.parse(document.date ?? '');
  return `${String(Number.isNaN(at) ? 0 : at + 1e14).padStart(16, '0')}#${document.id ?? ''}`;
}
