import { findOwn } from '#shared/access/grant.ts';
import { type Caller, signedIn } from '#shared/http/caller.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { listChildren } from '#shared/record/guardians.ts';
import { namesOf } from '#shared/record/standing.ts';
import { followStatuses } from './people-store.ts';
import { refuse } from './rules.ts';
import type { Activated } from './stored.ts';
import type { SecondGuardian } from './stored-child.ts';

interface Invited {
  readonly status: Activated;
  readonly second: SecondGuardian;
}

/** The caller's own holder with all his names, and every invitation of his in the record of a minor, answered or not. */
export async function invitationsOf(
  caller: Caller,
  at: number,
): Promise<{ guardian: string; names: readonly string[]; invited: Invited[] }> {
  const own = await findOwn(signedIn(caller));
  if (own?.standing.status !== 'activated') throw refuse('activate-first');
  const guardian = own.standing.holder;
  const names = namesOf(own.standing);
  const children = (await Promise.all(names.map(listChildren))).flat();
  const statuses = await followStatuses([...new Set(children)]);
  const invited = [...statuses.values()].flatMap((status): Invited[] => {
    if (status.status !== 'activated' || !status.child || !isMinor(status.child, at)) return [];
    const { second, child } = status;
    if (!second || !names.includes(second.holder)) return [];
    if (names.some((name) => child.barred?.includes(name))) return [];
    return [{ status, second }];
  });
  return { guardian, names, invited };
}
