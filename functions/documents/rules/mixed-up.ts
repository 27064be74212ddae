import type { Actor, JournalLine } from '#shared/journal/schema.ts';
import type { PartedFrom } from '#shared/record/absorbed.ts';

/** What somebody did with one document, while it lay in one record with those of another person. */
export interface Reading {
  readonly document: string;
  readonly actor: Actor;
  readonly times: number;
  /** ISO instants of the first and the last time. */
  readonly first: string;
  readonly last: string;
}

const readings: readonly string[] = ['documents/read-document', 'documents/read-content'];

const takings: readonly string[] = ['journal/export-history', 'journal/print-history'];

/** The lines of what was done in a record while it was two persons'. */
export const whileMerged = (
  lines: readonly JournalLine[],
  { mergedAt, at }: Pick<PartedFrom, 'mergedAt' | 'at'>,
): JournalLine[] =>
  lines.filter((line) => line.outcome === 'done' && line.at >= mergedAt && line.at <= at);

/** Who read which of some documents, and how often; by document and reader, in the order of their first time. */
export function readingsOf(
  lines: readonly JournalLine[],
  documents: ReadonlySet<string>,
): Reading[] {
  const found = new Map<string, Reading>();
  for (const { action, object, actor, at } of lines) {
    const { id: document } = object;
    if (document === undefined || !readings.includes(action) || !documents.has(document)) continue;
    const key = JSON.stringify([document, actor.kind, actor.id]);
    const before = found.get(key);
    found.set(key, {
      ...{ document, actor, times: (before?.times ?? 0) + 1 },
      first: before && before.first < at ? before.first : at,
      last: before && before.last > at ? before.last : at,
    });
  }
  return [...found.values()].sort((a, b) => (a.first < b.first ? -1 : 1));
}

/** How often the list of all documents was looked at, which tells titles. */
export const listingsOf = (lines: readonly JournalLine[]): number =>
  lines.filter(({ action }) => action === 'documents/search-documents').length;

/** How often the history was taken away, as a file or on paper: it carried both persons' (ACC-54). */
export const historiesOf = (lines: readonly JournalLine[]): number =>
  lines.filter(({ action }) => takings.includes(action)).length;

/** What was put into the record by whoever had its account. */
export const depositedByHolder = (lines: readonly JournalLine[]): Set<string> =>
  new Set(
    lines.flatMap(({ action, actor, object }) =>
      action === 'documents/deposit-document' && actor.kind === 'holder' ? (object.id ?? []) : [],
    ),
  );

/**
 * How the other person's journal names a reader: professionals and establishments by their names; whoever had the
 * other record, and who acts for him, by no name and no pseudonym (ACC-53).
 */
export function asTold({ kind, ...actor }: Actor): Actor {
  if (kind === 'professional' || kind === 'establishment' || kind === 'system')
    return { kind, ...actor };
  return { kind: 'anonymous', id: 'other-record' };
}
