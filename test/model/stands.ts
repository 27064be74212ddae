import { loadStatus } from '#functions/enrolment/person-store.ts';
import { chainOf } from './chain.ts';
import type { Standing } from './system.ts';

/** How somebody really stands, by the tables themselves. */
export async function stands({ holder }: { readonly holder: string }): Promise<Standing> {
  const [status, lines] = await Promise.all([loadStatus(holder), chainOf(holder)]);
  if (!status) throw new Error('nobody stands there');
  const isInvited = status.status === 'invited';
  return {
    state: status.status,
    waits: isInvited && (status.frozen ?? status.uninformed) !== undefined,
    deadline: isInvited ? Date.parse(status.deadlineAt) : undefined,
    deleteFrom:
      status.status === 'closed' || status.status === 'deletion-requested'
        ? Date.parse(status.deleteFrom)
        : undefined,
    lines,
    ...{ changes: status.version, headSeq: status.headSeq, headHash: status.headHash },
  };
}
