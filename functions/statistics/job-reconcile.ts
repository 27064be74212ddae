import { parisDay } from '#shared/kernel/calendar.ts';
import { logDamage } from '#shared/log.ts';
import { loadDays } from './counter-store.ts';
import { loadStanding, settled } from './load-counted.ts';
import { allDisagreements } from './rules/agreement.ts';

/**
 * Holds all counters against each other, without a scan of records: what disagrees is damage, and an alarm
 * hangs on it. Tells how many counters disagree. `now` in ms.
 */
export async function reconcile(now: number): Promise<number> {
  const load = async () => ({
    standing: await loadStanding(),
    days: await loadDays({ to: parisDay(now) }),
  });
  const wrong = ({ standing, days }: Awaited<ReturnType<typeof load>>) =>
    allDisagreements(standing, days);
  const { disagreements } = await settled(load, wrong);
  if (disagreements > 0) logDamage({ event: 'counters-differ', counts: { disagreements } });
  return disagreements;
}
