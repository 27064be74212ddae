import * as z from 'zod';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { Item } from './read-tables.ts';

const Document = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int(),
  origin: z.string().optional(),
  returned: z.string().optional(),
  /** Of one that came with a DMP. */
  dmp: z.string().optional(),
});
const Dmp = z.object({
  pk: z.string(),
  name: z.string(),
  state: z.string(),
  taken: z.int(),
  of: z.int(),
  rest: z.string(),
});
type Dmp = z.infer<typeof Dmp>;
type Document = z.infer<typeof Document>;
const Notice = z.object({ pk: z.string(), sk: z.string(), state: z.string() });

/**
 * Each deposit that the journal tells has its document and content, once; each document its line, its
 * producer's identifier and its content. What lies in the vault and belongs to no document is counted
 * apart: a deposit that died before its transaction leaves such a thing, sealed, and nobody sees it. What came
 * with a DMP has one line for all, and is held until it moves.
 */
export function vaultFaults(
  documents: readonly Item[],
  objects: readonly string[],
  lines: readonly JournalLine[],
): { faults: string[]; strays: number } {
  const filed = ofKind(documents, 'DOC#');
  const held = ofKind(documents, 'HELD#');
  const dmps = documents.filter(({ sk }) => sk === 'DMP').map((item) => Dmp.parse(item));
  const taken = documents.filter(({ sk }) => sk.startsWith('UID#'));
  const keys = filed.map(keyOf);
  const came = new Set(filed.filter(({ dmp }) => dmp !== undefined).map(keyOf));
  const rests = dmps.filter(isWhole).map(({ pk, rest }) => `${pk.slice(2)}/${rest}/1`);
  const beside = [...held.map(keyOf), ...rests];
  const kept = new Set(objects);
  const moved = new Map(filed.map((one) => [one.sk.slice(4), one]));
  const deposits = lines
    .filter((one) => one.action === 'documents/deposit-document' && one.outcome === 'done')
    .map(({ holder, object }) => placeOf(`${holder}/${object.id}/1`, moved.get(object.id ?? '')));
  const told = new Set(deposits);
  const inTable = new Set(keys);
  const faults = [
    ...keys
      .filter((key) => !told.has(key) && !came.has(key))
      .map((key) => `${key}: a document without its line`),
    ...beside
      .filter((key) => !kept.has(key))
      .map((key) => `${key}: a part of a DMP without content`),
    ...dmpFaults(dmps, { filed, held }, lines),
    ...keys.filter((key) => !kept.has(key)).map((key) => `${key}: a document without content`),
    ...deposits.filter((key) => !inTable.has(key)).map((key) => `${key}: a line without document`),
  ];
  if (deposits.length !== told.size) faults.push('a deposit is told twice');
  if (taken.length !== filed.length)
    faults.push(`${taken.length} producers' identifiers for ${filed.length} documents`);
  const known = new Set([...keys, ...beside]);
  return { faults, strays: objects.filter((key) => !known.has(key)).length };
}

const keyOf = ({ pk, sk, version }: Document) =>
  `${pk.slice(2)}/${sk.slice(sk.indexOf('#') + 1)}/${version}`;
const ofKind = (items: readonly Item[], begin: string) =>
  items.filter(({ sk }) => sk.startsWith(begin)).map((item) => Document.parse(item));
const isWhole = ({ state }: Dmp) => state !== 'taking-in' && state !== 'refused';

/** Of each DMP as many documents are there as its state says, none is held that belongs to no package, and it is told. */
function dmpFaults(
  dmps: readonly Dmp[],
  { filed, held }: { readonly filed: readonly Document[]; readonly held: readonly Document[] },
  lines: readonly JournalLine[],
): string[] {
  const acts = new Set(lines.map(({ holder, action }) => `${holder} ${action}`));
  const names = new Map(dmps.map(({ pk, name }) => [pk, name]));
  const faults = dmps.flatMap((one) => {
    const { pk, name, state, taken, of } = one;
    const holder = pk.slice(2);
    const count = (some: readonly Document[]) =>
      some.filter((each) => each.pk === pk && each.dmp === name).length;
    const [isHeld, isCurrent] = [count(held), count(filed)];
    const expected = isWhole(one) ? of : state === 'refused' ? 0 : taken;
    const isTold = (act: string) => acts.has(`${holder} documents/${act}-dmp`);
    return [
      ...(isHeld + isCurrent === expected
        ? []
        : [`${holder}: ${isHeld + isCurrent} documents of a DMP, expected ${expected} (${state})`]),
      ...(state === 'moved' && isHeld > 0 ? [`${holder}: moved, but ${isHeld} are held`] : []),
      ...(isWhole(one) && !isTold('take-in') ? [`${holder}: a DMP without its line`] : []),
      ...(state === 'moved' && !isTold('transfer') ? [`${holder}: a move without its line`] : []),
    ];
  });
  const lost = [...held, ...filed].filter(
    ({ pk, dmp }) => dmp !== undefined && names.get(pk) !== dmp,
  );
  return [...faults, ...lost.map((one) => `${keyOf(one)}: belongs to no DMP`)];
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
  'enrolment/link-minor',
  'enrolment/request-deletion',
  'enrolment/reopen',
  'identity/first-sign-in',
]);

/** What a holder must be told of, whatever has become of his record since. */
const mustBeTold = ({ action, actor, outcome, purpose, visible }: JournalLine): boolean =>
  outcome === 'done' &&
  visible === 'holder' &&
  // Before his record opens he looks where his DMP was, and its operator tells him.
  purpose !== 'dmp-feeding' &&
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
