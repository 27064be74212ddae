import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { byGuardian } from './closure.ts';
import { loadStatus } from './person-store.ts';
import { waitingWish, wishStep } from './rules/judge-child-closure.ts';
import { carriedOut } from './wish-carried-out.ts';

/** Closes a child's record as one guardian asked, since the other did not stop it in time (MIN-2). `now` in ms. */
export async function endClosureWish(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const wish = status && waitingWish(status);
    if (!status || !wish || !wishStep(status, now)) return 'skipped';
    const act = byGuardian(wish.by, holder, 'clock');
    await transact(carriedOut(status, { act, at: now }));
    return 'closed';
  });
}
