import type { Lookup } from '#shared/record/lookup.ts';
import type { Found, TaggedRow } from '../import-person.ts';
import type { Status } from '../stored.ts';
import type { RowFault } from './insured-row.ts';

/** Who was found by the fingerprints of a window: by NIRs, and as somebody's child. */
export interface Lookups {
  readonly byNir: ReadonlyMap<string, Lookup>;
  readonly byGuardian: ReadonlyMap<string, Lookup>;
}

/** Whose statuses a row needs: his own where the row says something else than before, then his guardian's, too. */
export function statusesNeeded(tagged: TaggedRow, lookups: Lookups): string[] {
  const { own, lookup, guardian } = lookupsOf(tagged, lookups);
  const isOther = lookup !== undefined && isChanged(tagged, lookup, own);
  // An unchanged child needs nobody's status.
  const isNeeded = guardian && (!lookup || isOther);
  return [...(isOther ? [lookup.holder] : []), ...(isNeeded ? [guardian.holder] : [])];
}

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
 * Whom a row means. A child is taken only after his guardian, and two who were born on one day need their ranks.
 * A number that another has replaced takes no rows; one that was told wrongly is free for whoever is named by it.
 */
export function placeOf(
  tagged: TaggedRow,
  lookups: Lookups,
  statuses: ReadonlyMap<string, Status>,
): Place {
  const { own, his, asChild, guardian, lookup } = lookupsOf(tagged, lookups);
  if (own?.former) return faulty('nir', 'replaced');
  if (tagged.child && !guardian) return faulty('guardianNir', 'unknown-guardian');
  if (his && asChild && his.holder !== asChild.holder) return faulty('rank', 'same-day');
  // A place of a record that was merged into another by it: rows are taken by the other one's.
  if (!his && asChild?.former) return faulty('guardianNir', 'replaced');
  if (guardian && lookup?.holder === guardian.holder) return faulty('guardianNir', 'own-nir');
  const found = { own, asChild, guardian: guardian && statuses.get(guardian.holder) };
  const isOther = lookup !== undefined && isChanged(tagged, lookup, own);
  return { found, lookup, status: isOther ? statuses.get(lookup.holder) : undefined };
}

function lookupsOf({ nirTag, child }: TaggedRow, { byNir, byGuardian }: Lookups) {
  const own = byNir.get(nirTag);
  const his = own?.free ? undefined : own;
  const asChild = child && byGuardian.get(child.tag);
  const parent = child && byNir.get(child.guardianTag);
  const guardian = parent?.free ? undefined : parent;
  return { own, his, asChild, guardian, lookup: his ?? asChild };
}

/** Also a child whose number was free: from now on it is his. */
const isChanged = (row: TaggedRow, lookup: Lookup, own: Lookup | undefined): boolean =>
  lookup.rowTag !== row.rowTag || own?.free === true;

const faulty = (field: RowFault['field'], code: string): Place => ({ fault: { field, code } });
