import { findOwn } from '#shared/access/grant.ts';
import { type Caller, signedIn } from '#shared/http/caller.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { listChildren } from '#shared/record/guardians.ts';
import { loadStatuses } from './people-store.ts';
import { refuse } from './rules.ts';
import type { Activated } from './stored.ts';
import type { SecondGuardian } from './stored-child.ts';

interface Invited {
  readonly status: Activated;
  readonly second: SecondGuardian;
}

/** The caller's own holder, and every invitation of his in the record of a minor, answered or not. */
export async function invitationsOf(
  caller: Caller,
  at: number,
): Promise<{ guardian: string; invited: Invited[] }> {
  const own = await findOwn(signedIn(caller));
  if (own?.standing.status !== 'activated') throw refuse('activate-first');
  const guardian = own.standing.holder;
  const statuses = await loadStatuses(await listChildren(guardian));
  const invited = [...statuses.values()].flatMap((status): Invited[] => {
    if (status.status !== 'activated' || !status.child || !isMinor(status.child, at)) return [];
    const { second, child } = status;
    if (second?.holder !== guardian || child.barred?.includes(guardian)) return [];
    return [{ status, second }];
  });
  return { guardian, invited };
}
