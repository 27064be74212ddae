import * as z from 'zod';
import { env } from '#shared/env.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { birthFits, type Claimed } from './identify.ts';
import { loadStatus } from './person-store.ts';
import { birthDaysOf, everyGuardian, hasAge } from './rules/own-card.ts';
import type { Status } from './stored.ts';
import { cardTag } from './tags.ts';

const { MINOR_OWN_CARD_AGE: ownCardAge, MAJORITY_AGE: majorityAge } = env({
  MINOR_OWN_CARD_AGE: z.literal('off').or(z.coerce.number().int().min(1).max(29)).default('off'),
  MAJORITY_AGE: z.coerce.number().int().min(1).max(30),
});

/**
 * Whether a minor who is claimed by his own number may act for himself by now: never, unless the stage says from which
 * age on (MIN-4). `at` in milliseconds.
 */
export function actsForHimself(claimed: Claimed, status: Status | undefined, at: number): boolean {
  if (ownCardAge === 'off' || claimed.asChild || !status?.child || !isMinor(status.child, at))
    return false;
  const days = birthDaysOf(status.child.adultOn, majorityAge);
  return days.some((day) => birthFits(claimed, status, day) && hasAge(day, ownCardAge, at));
}

/** Whether a card is that of a guardian of a child as well, or of who was one: then the child has none of his own yet. */
export async function isGuardiansCard(
  { key }: Claimed,
  status: Status,
  serial: string,
): Promise<boolean> {
  const theirs = await Promise.all(
    everyGuardian(status).map(async (holder) => {
      const guardian = await loadStatus(holder);
      const given = cardTag(key, holder, serial);
      return guardian !== undefined && sameFingerprint(given, guardian.cardTag);
    }),
  );
  return theirs.includes(true);
}
