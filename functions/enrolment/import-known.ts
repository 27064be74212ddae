import type { Lookup } from '#shared/record/lookup.ts';
import type { Found, TaggedRow } from './import-person.ts';
import { findManyByGuardian, findManyByNir, loadStatuses } from './people-store.ts';
import type { RowFault } from './rules/insured-row.ts';
import type { Status } from './stored.ts';

/** What is known of a row, or why it cannot be taken though it is well formed. */
export type Place =
  | { readonly fault: RowFault }
  | {
      readonly found: Found;
      /** By what he was found; undefined for somebody new. */
      readonly lookup: Lookup | undefined;
      /** Read only where the row says something else than before. */
      readonly status: Status | undefined;
    };

/**
 * Finds, for some rows at once, whom we know already. A child is taken only after his guardian, and two who
 * were born on one day need their ranks.
 */
export async function findKnown(rows: readonly TaggedRow[]): Promise<(tagged: TaggedRow) => Place> {
  const children = rows.flatMap(({ child }) => child ?? []);
  const nirTags = rows.flatMap(({ nirTag }) => (nirTag === '' ? [] : nirTag));
  const [byNir, byGuardian] = await Promise.all([
    findManyByNir([...new Set([...nirTags, ...children.map((one) => one.guardianTag)])]),
    children.length === 0
      ? new Map<string, Lookup>()
      : findManyByGuardian(children.map(({ tag }) => tag)),
  ]);
  const lookupsOf = ({ nirTag, child }: TaggedRow) => {
    const own = byNir.get(nirTag);
    const asChild = child && byGuardian.get(child.tag);
    return { own, asChild, guardian: child && byNir.get(child.guardianTag) };
  };
  const isChanged = (row: TaggedRow, lookup: Lookup | undefined) =>
    lookup !== undefined && lookup.rowTag !== row.rowTag;
  const wanted = rows.flatMap((row) => {
    const { own, asChild, guardian } = lookupsOf(row);
    const lookup = own ?? asChild;
    const holders = isChanged(row, lookup) ? [lookup?.holder ?? ''] : [];
    // An unchanged child needs nobody's status.
    if (guardian && (!lookup || isChanged(row, lookup))) holders.push(guardian.holder);
    return holders;
  });
  const statuses = await loadStatuses([...new Set(wanted)]);
  return (row) => {
    const { own, asChild, guardian } = lookupsOf(row);
    if (row.child && !guardian) return faulty('guardianNir', 'unknown-guardian');
    if (own && asChild && own.holder !== asChild.holder) return faulty('rank', 'same-day');
    const lookup = own ?? asChild;
    if (guardian && lookup?.holder === guardian.holder) return faulty('guardianNir', 'own-nir');
    const found = { own, asChild, guardian: guardian && statuses.get(guardian.holder) };
    const status = isChanged(row, lookup) ? statuses.get(lookup?.holder ?? '') : undefined;
    return { found, lookup, status };
  };
}

const faulty = (field: RowFault['field'], code: string): Place => ({ fault: { field, code } });
