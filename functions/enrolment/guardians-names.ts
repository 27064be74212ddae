import { followStanding, namesOf } from '#shared/record/standing.ts';
import type { NamesFor } from './rules/joined-guardians.ts';
import { guardiansOf } from './rules/judge-child.ts';
import type { Status } from './stored.ts';

/** By which names all are known who act in some records of a child, are invited, or to whom it is attached (ENR-20). */
export async function namesOfGuardians(...records: readonly Status[]): Promise<NamesFor> {
  const all = records.flatMap((status) => [
    ...guardiansOf(status).map(({ holder }) => holder),
    ...('second' in status && status.second ? [status.second.holder] : []),
    ...(status.child ? [status.child.attachedTo] : []),
  ]);
  const found = await Promise.all(
    [...new Set(all)].map(async (holder) => {
      const standing = await followStanding(holder);
      const names: readonly string[] = standing ? namesOf(standing) : [holder];
      return [holder, names] as const;
    }),
  );
  const known = new Map(found);
  return (holder) => known.get(holder) ?? [holder];
}
