import * as z from 'zod';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { Item } from './read-tables.ts';

const Document = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int(),
  origin: z.string().optional(),
  returned: z.string().optional(),
});
type Document = z.infer<typeof Document>;
const Notice = z.object({ pk: z.string(), sk: z.string(), state: z.string() });

/**
 * Each deposit that the journal tells has its document and content, once; each document its line, its
 * producer's identifier and its content. What lies in the vault and belongs to no document is counted
 * apart: a deposit that died before its transaction leaves such a thing, sealed, and nobody sees it.
 */
export function vaultFaults(
  documents: readonly Item[],
  objects: readonly string[],
  lines: readonly JournalLine[],
): { faults: string[]; strays: number } {
  const filed = documents
    .filter(({ sk }) => sk.startsWith('DOC#'))
    .map((item) => Document.parse(item));
  const taken = documents.filter(({ sk }) => sk.startsWith('UID#'));
  const keys = filed.map(({ pk, sk, version }) => `${pk.slice(2)}/${sk.slice(4)}/${version}`);
  const kept = new Set(objects);
  const moved = new Map(filed.map((one) => [one.sk.slice(4), one]));
  const deposits = lines
    .filter((one) => one.action === 'documents/deposit-document' && one.outcome === 'done')
    .map(({ holder, object }) => placeOf(`${holder}/${object.id}/1`, moved.get(object.id ?? '')));
  const told = new Set(deposits);
  const inTable = new Set(keys);
  const faults = [
    ...keys.filter((key) => !told.has(key)).map((key) => `${key}: a document without its line`),
    ...keys.filter((key) => !kept.has(key)).map((key) => `${key}: a document without content`),
    ...deposits.filter((key) => !inTable.has(key)).map((key) => `${key}: a line without document`),
  ];
  if (deposits.length !== told.size) faults.push('a deposit is told twice');
  if (taken.length !== filed.length)
    faults.push(`${taken.length} producers' identifiers for ${filed.length} documents`);
  return { faults, strays: objects.filter((key) => !inTable.has(key)).length };
}

/** Where a document must lie: where its line says, unless it followed a merge or came back out of one (ENR-20). */
function placeOf(told: string, filed: Document | undefined): string {
  if (!filed) return told;
  const [holder = ''] = told.split('/');
  const isMoved = filed.origin === holder || filed.returned !== undefined;
  return isMoved ? `${filed.pk.slice(2)}/${filed.sk.slice(4)}/${filed.version}` : told;
}

const nameOf = ({ at, lane, seq }: JournalLine) =>
  `${at.replace(/[-:.]/g, '')}-${String(lane).padStart(2, '0')}-${seq}`;

/** A closure is not among them: where the deletion was asked for with it, one mail tells both. */
const alwaysTold = new Set([
  'enrolment/activate',
  'enrolment/relink',
  'enrolment/request-deletion',
  'enrolment/reopen',
  'identity/first-sign-in',
]);

/** What a holder must be told of, whatever has become of his record since. */
const mustBeTold = ({ action, actor, outcome, visible }: JournalLine): boolean =>
  outcome === 'done' &&
  visible === 'holder' &&
  (alwaysTold.has(action) || (action === 'documents/deposit-document' && actor.kind !== 'holder'));

/** Each notice has its line; whoever must be told was: by mail, or in a letter that is to go. */
export function noticeFaults(notices: readonly Item[], lines: readonly JournalLine[]): string[] {
  const told = notices
    .filter(({ sk }) => sk.startsWith('NOTICE#'))
    .map((item) => Notice.parse(item));
  const states = new Map(told.map(({ pk, sk, state }) => [`${pk.slice(2)} ${sk.slice(7)}`, state]));
  const all = lines.map((line) => ({ line, name: `${line.holder} ${nameOf(line)}` }));
  const known = new Set(all.map(({ name }) => name));
  return [
    ...[...states.keys()].filter((name) => !known.has(name)).map((name) => `${name}: no such line`),
    ...all
      .filter(({ line, name }) => mustBeTold(line) && !/sent|letter/.test(states.get(name) ?? ''))
      .map(({ line, name }) => `${name}: ${line.action} was not told (${states.get(name)})`),
  ];
}
