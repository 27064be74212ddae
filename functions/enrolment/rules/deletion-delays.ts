import * as z from 'zod';
import { addDays, addYears, type Day, parisBounds, parisDay } from '#shared/kernel/calendar.ts';
import type { Way } from './way-of.ts';

/** The shortest three months that there are, in days. */
const lawfulDays = 89;

/** When a closed record is deleted. The law gives an express wish three months (R1111-36, ENR-43). */
export const DeletionDelays = z
  .strictObject({
    /** Days of Paris in which a wish to delete may be taken back. */
    coolingDays: z.int().min(1).max(80),
    /** Days between the reminder and the deletion, at least. */
    reminderDays: z.int().min(1).max(30),
    /** Days more where it goes by letter: until that is printed, posted and there. */
    letterDays: z.int().min(3).max(30),
    /** Years that a record is kept after its closure where no deletion is asked for. */
    archiveYears: z.int().min(1).max(100),
    /** Years that the trace of a deletion is kept. */
    traceYears: z.int().min(1).max(100),
  })
  .refine(({ coolingDays, reminderDays }) => reminderDays < coolingDays)
  // A mail that comes back on the last day leaves the reminder to a letter: three months, of eighty-nine days at least, hold that too.
  .refine(
    ({ coolingDays, reminderDays, letterDays }) =>
      coolingDays + 1 + reminderDays + letterDays <= lawfulDays,
  );
export type DeletionDelays = z.infer<typeof DeletionDelays>;

const begins = (day: Day): string => new Date(parisBounds(day).begin).toISOString();

const dates = (day: Day, { reminderDays }: DeletionDelays) => ({
  deleteFrom: begins(day),
  remindFrom: begins(addDays(day, -reminderDays)),
});

/** When a record is deleted whose deletion was asked for at an instant (ms): after whole days of Paris. */
export function datesAsked(askedAt: number, delays: DeletionDelays) {
  return dates(addDays(parisDay(askedAt), delays.coolingDays + 1), delays);
}

/** When a record is deleted that was closed at an instant (ms) and nothing more: after whole years. */
export function datesKept(closedAt: number, delays: DeletionDelays) {
  return dates(addDays(addYears(parisDay(closedAt), delays.archiveYears), 1), delays);
}

/**
 * When the record of somebody who died is deleted (ENR-46): as many whole years after his death as a closed one is
 * kept, but not before a wrong report could be taken back. `recordedAt` in ms.
 */
export function deletedAfterDeath(
  { diedOn, recordedAt }: { readonly diedOn: Day; readonly recordedAt: number },
  { archiveYears, coolingDays }: DeletionDelays,
): string {
  const kept = begins(addDays(addYears(diedOn, archiveYears), 1));
  const earliest = begins(addDays(parisDay(recordedAt), coolingDays + 1));
  return kept < earliest ? earliest : kept;
}

/** From when on nothing is kept any more of a record that was deleted at an instant (ms): after whole years (ENR-47). */
export function traceEnds(deletedAt: number, { traceYears }: DeletionDelays): string {
  return begins(addDays(addYears(parisDay(deletedAt), traceYears), 1));
}

/** When a suspended record is closed (ENR-45): after the last day of the term, in Paris. `at` in ms. */
export function closedAfterTerm(at: number, termDays: number): string {
  return begins(addDays(parisDay(at), termDays + 1));
}

/**
 * When a record is deleted of which its holder is reminded at an instant (ms): not before the days that he is
 * promised have passed, though the reminder should be late; with the days of the post where it goes by letter.
 */
export function deleteAfterReminder(
  { deleteFrom }: { readonly deleteFrom: string },
  remindedAt: number,
  { reminderDays, letterDays }: DeletionDelays,
  way: Way = 'mail',
): string {
  const days = reminderDays + (way === 'letter' ? letterDays : 0);
  const earliest = begins(addDays(parisDay(remindedAt), days));
  return deleteFrom < earliest ? earliest : deleteFrom;
}

/** Days that an identity is kept for a last letter: two mornings on which it is printed come before their end. */
const lastLetterDays = 3;

/** Until when an identity is kept whose holder is told by letter that his record is deleted. `orderedAt` in ms. */
export function lastLetterEnds(orderedAt: number): string {
  return begins(addDays(parisDay(orderedAt), lastLetterDays));
}
