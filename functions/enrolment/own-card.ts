import * as z from 'zod';
import { env } from '#shared/env.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { birthFits, type Claimed } from './identify.ts';
import { loadStatus } from './person-store.ts';
import { birthDaysOf, hasAge } from './rules/own-card.ts';
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

/** Whether a card is that of a child's guardian as well: then the child has none of his own yet. */
export async function isGuardiansCard(
  { key }: Claimed,
  { child }: Status,
  serial: string,
): Promise<boolean> {
  if (!child) return false;
  const guardian = await loadStatus(child.attachedTo);
  const given = cardTag(key, child.attachedTo, serial);
  return guardian !== undefined && sameFingerprint(given, guardian.cardTag);
}
