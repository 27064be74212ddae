import type { Standing } from '#shared/record/standing.ts';
import type { CanDo } from '../schema.ts';

type Child = Pick<
  Standing,
  'status' | 'child' | 'guardians' | 'certifiedTo' | 'blocked' | 'uninformed' | 'closedAfter'
> & { readonly forgetFrom?: string | undefined };

/** What a citizen can do with a child's record that stands in his list; undefined where it does not stand there. */
export type Part = readonly CanDo[] | undefined;

/**
 * What part somebody has in a minor's record, whatever state it is in (MIN-3, ENR-41), by one of his names: as one of
 * its guardians; after its deletion as one of those who were; else as whom the insurance body attaches the child to,
 * and then only of a record that is nobody's, and of which he was told. Who lost his authority has none. It
 * grants nothing: a closed record can be opened again or deleted by who finds it here, and shows him no content.
 */
export function partInChild(record: Child, names: readonly string[], isMinor: boolean): Part {
  const { child, guardians = [], certifiedTo = [], status } = record;
  if (!child || !isMinor) return undefined;
  if (guardians.some(({ holder }) => names.includes(holder))) return asGuardian(record);
  if (child.barred?.some((holder) => names.includes(holder))) return undefined;
  if (certifiedTo.some((holder) => names.includes(holder))) return afterDeletion(record);
  if (!names.includes(child.attachedTo) || guardians.length > 0) return undefined;
  // Who got the code and is no legal representative learns nothing more of the child (ENR-23).
  if (record.blocked) return undefined;
  if (status === 'invited') return record.uninformed === undefined ? ['activate'] : undefined;
  return waiting.has(status) ? ['activate'] : undefined;
}

/** A closed one that has no guardian any more waits for one as those that were never activated do (ENR-44). */
const waiting: ReadonlySet<Child['status']> = new Set([
  ...(['opposed', 'open', 'closed', 'deletion-requested'] as const),
]);

function asGuardian({ status, closedAfter }: Child): Part {
  if (status === 'activated') return ['enter', 'close'];
  // Closed after a suspension: who has an account may be why, so it takes the operator.
  if (closedAfter || status === 'suspended') return [];
  if (status === 'closed') return ['reopen', 'request-deletion'];
  return status === 'deletion-requested' ? ['reopen'] : undefined;
}

function afterDeletion({ status, forgetFrom }: Child): Part {
  if (status === 'deleting') return [];
  return status === 'deleted' && forgetFrom === undefined ? ['read-certificate'] : undefined;
}
