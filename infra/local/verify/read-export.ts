import * as z from 'zod';
import { HistoryExport } from '#functions/journal/schema.ts';
import { JournalLine } from '#shared/journal/schema.ts';
import { type Kept, Unreadable, Withheld } from '#shared/journal/verify.ts';

/** One part of an export; its lines are judged one by one, since a damaged one is what is looked for. */
const Part = HistoryExport.extend({ lines: z.array(z.unknown()) });
type Part = z.infer<typeof Part>;

/** A whole export: its parts put together. */
export interface Export {
  readonly holder: string;
  readonly exportedAt: string;
  readonly heads: NonNullable<Part['heads']>;
  readonly anchors: NonNullable<Part['anchors']>;
  readonly lines: readonly Kept[];
  /** Of records that were merged into this one: the chains of each, in parts of their own. */
  readonly merged: readonly Export[];
}

/** What is wrong with the files themselves, in a sentence for a person. */
export class NotAnExport extends Error {
  override readonly name = 'NotAnExport';
}

/** The export that some files hold: all parts of one, in any order. */
export function exportOf(texts: readonly string[]): Export {
  const parts = texts.map(partOf).sort((a, b) => a.part - b.part);
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) throw new NotAnExport('Donnez le fichier de l’historique à vérifier.');
  if (parts.some((one) => one.export !== first.export))
    throw new NotAnExport('Ces fichiers ne viennent pas du même téléchargement.');
  if (parts.some((one, at) => one.part !== at + 1) || last.next !== undefined)
    throw new NotAnExport('Il manque une partie de l’historique : donnez tous les fichiers.');
  const [own, ...merged] = [...Map.groupBy(parts, (one) => one.holder).values()].map(chainsOf);
  if (!own) throw new NotAnExport('Donnez le fichier de l’historique à vérifier.');
  return { ...own, merged };
}

function chainsOf(parts: readonly Part[]): Export {
  const [first] = parts;
  const { holder = '', exportedAt = '', heads = [], anchors = [] } = first ?? {};
  return {
    ...{ holder, exportedAt, heads, anchors, merged: [] },
    lines: parts.flatMap(({ lines }) => lines.map(keptOf)),
  };
}

function partOf(text: string): Part {
  const read = Part.safeParse(jsonOf(text));
  if (!read.success) throw new NotAnExport('Ce fichier n’est pas un historique téléchargé.');
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Placed = z.object({ lane: z.int().catch(0), seq: z.int().catch(0) });

function keptOf(given: unknown): Kept {
  const line = JournalLine.safeParse(given);
  if (line.success) return line.data;
  const other = z.union([Withheld, Unreadable]).safeParse(given);
  if (other.success) return other.data;
  return { unreadable: true, ...(Placed.safeParse(given).data ?? { lane: 0, seq: 0 }) };
}
