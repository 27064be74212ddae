import type { JournalLine } from '#shared/journal/schema.ts';
import type { Item } from './read-tables.ts';
import type { StatusItem } from './records.ts';

/** The lines of what must still be there: of a record that was deleted, only those of the life since. */
export function ofThisLife(lines: readonly JournalLine[]): JournalLine[] {
  const ended = new Map<string, string>();
  for (const { holder, action, at } of lines)
    if (action === 'enrolment/begin-deletion' && at > (ended.get(holder) ?? ''))
      ended.set(holder, at);
  return lines.filter(({ holder, at }) => at > (ended.get(holder) ?? ''));
}

/** What is kept beside the records themselves. */
export interface Kept {
  readonly documents: readonly Item[];
  readonly notices: readonly Item[];
  /** Keys of all versions in the vault, delete markers included. */
  readonly versions: readonly string[];
  /** Ids of all branch keys. */
  readonly branches: readonly string[];
  /** Of the enrolment and identity tables. */
  readonly people: readonly Item[];
}

/** Of whom no record stands, nothing else does: neither a line nor an item of any kind but what expires by itself. */
export function strayFaults(
  statuses: readonly { readonly holder: string }[],
  { people, lines }: { readonly people: readonly Item[]; readonly lines: readonly JournalLine[] },
): string[] {
  const known = new Set(statuses.map(({ holder }) => holder));
  const lone = new Set(
    lines
      .filter(({ object, holder }) => object.kind === 'record' && !known.has(holder))
      .map(({ holder }) => `${holder}: lines without a record`),
  );
  return [
    ...lone,
    ...people
      .filter(({ pk, expiresAt }) => /^H#/.test(pk) && !expiresAt && !known.has(pk.slice(2)))
      .map(({ pk, sk }) => `${pk.slice(2)}: ${sk} without a record`),
  ];
}

/** The letter that tells somebody of the deletion itself: a pseudonym, and it goes by itself. */
const isLastLetter = ({ pk, codes }: Item): boolean =>
  pk.startsWith('LETTERS#') && codes instanceof Set && codes.size === 1 && codes.has('SUPPRESSION');

/** Of whose record is deleted nothing stands anywhere, and no key of a former life is left (ENR-47). */
export function erasureFaults(statuses: readonly StatusItem[], kept: Kept): string[] {
  const lives = new Map(statuses.map(({ holder, life = 0 }) => [holder, life]));
  const gone = new Set(
    statuses.filter(({ status }) => status === 'deleted').map(({ holder }) => holder),
  );
  const told = new Set(
    statuses.filter((one) => one.status === 'deleted' && !one.untold).map(({ holder }) => holder),
  );
  const ofGone = (what: string, holders: readonly (string | undefined)[], of = gone) =>
    holders
      .filter((holder) => holder !== undefined && of.has(holder))
      .map((holder) => `${holder}: deleted, but ${what} is left`);
  const holderOf = ({ pk, sk }: Item) => (pk.startsWith('LETTERS#') ? sk : pk.slice(2));
  return [
    ...ofGone('something filed', kept.documents.map(holderOf)),
    ...ofGone('a notice', kept.notices.filter((one) => !isLastLetter(one)).map(holderOf)),
    ...ofGone(
      'a content',
      kept.versions.map((key) => key.split('/')[0]),
    ),
    ...ofGone(
      'an address or a code',
      kept.people.filter(({ sk }) => sk === 'CONTACTS' || sk === 'CODE').map(holderOf),
      told,
    ),
    ...kept.branches.flatMap((branch) => {
      const [, holder = '', life = '0'] = /^holder-([a-z0-9]+)(?:-(\d+))?$/.exec(branch) ?? [];
      const now = lives.get(holder);
      const is = now !== undefined && Number(life) < now;
      return is ? [`${holder}: the key of a deleted record is left (${branch})`] : [];
    }),
  ];
}
