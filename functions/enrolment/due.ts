import { shardName, shardOf } from '#shared/kernel/ids.ts';
import { deadlineRuns } from './rules/deadline-runs.ts';
import { askedOf, nextCallAt } from './rules/judge-agent-closure.ts';
import { isToBeWrittenTo } from './rules/letter-due.ts';
import { endsInTime, growsWhenOpen } from './rules/majority.ts';
import { nextStepAt } from './rules/next-step.ts';
import { awaitsGuardian } from './rules/unrepresented.ts';
import type { Status } from './stored.ts';
import type { Code } from './stored-code.ts';

/** Shards of a deadline: enough for the worst night, five million people at a thousand writes a second each. */
export const openingShards = 128;
/** Shards of a département's people to be informed: bounded by what a mail service takes. */
export const sendingShards = 16;

export const invitePk = (department: string, shard: number): string =>
  `INVITE#${department}#${shardName(shard)}`;
export const letterPk = (department: string, shard: number): string =>
  `LETTER#${department}#${shardName(shard)}`;
export const printPk = (department: string, shard: number): string =>
  `PRINT#${department}#${shardName(shard)}`;
/** Shards of letters that were asked for, in the whole country: some thousands a day, and a few look-ups tell whose. */
export const wishShards = 4;
export const wishPk = (shard: number): string => `WISH#${shardName(shard)}`;
/** Sorted by département, so that one's are printed, counted and found without a look at the others. */
export const wishPrefix = (department: string): string => `${department}#`;
export const departmentOfWish = (dueSk: string): string => dueSk.split('#')[0] ?? '';
export const holderOfWish = (dueSk: string): string => dueSk.split('#')[1] ?? '';

export const deadlinePk = (deadlineAt: string, shard: number): string =>
  `DUE#${deadlineAt}#${shardName(shard)}`;

/** Shards of who comes of age or is deleted: some thousands a day, so a few look-ups tell that nothing is due. */
export const deletionShards = 4;
export const deletionPk = (shard: number): string => `ERASE#${shardName(shard)}`;
/**
 * Who waits for a call-back, in the whole country: some hundreds a day, for two weeks, and agents read them in the order
 * of their terms. Behind the instant stands the wish's reference, since a cursor shows it.
 */
export const callsPk = 'CALLS';
/** Where the clock looks: the shards of deletions, and the wishes whose term may be over. */
export const clockParts = [
  ...Array.from({ length: deletionShards }, (_, shard) => deletionPk(shard)),
  callsPk,
] as const;
/** Sorted by when it is due, so that what is due is the beginning of its partition. */
export const instantOfDeletion = (dueSk: string): string => dueSk.split('#')[0] ?? '';

/** Among those of whom the clock does something at an instant (ISO). */
export const clockDue = (holder: string, at: string) => ({
  duePk: deletionPk(shardOf(holder, deletionShards)),
  dueSk: `${at}#${holder}`,
});

/** Where a person stands in the index of things to be done; nowhere when nothing is. */
export function dueOf(
  status: Status,
): { duePk: string; dueSk: string; adultOn?: string } | undefined {
  const { holder: dueSk } = status;
  if (status.status === 'known' && status.leftAt === undefined && !awaitsGuardian(status)) {
    const shard = shardOf(dueSk, sendingShards);
    if (status.informBy === 'mail') return { duePk: invitePk(status.department, shard), dueSk };
    // A wave that left the person to a letter has done its part.
    if (status.wave === undefined) return { duePk: letterPk(status.department, shard), dueSk };
  }
  if (isToBeWrittenTo(status))
    return { duePk: printPk(status.department, shardOf(dueSk, sendingShards)), dueSk };
  if (status.status === 'invited' && deadlineRuns(status) && endsInTime(status))
    return {
      ...{ duePk: deadlinePk(status.deadlineAt, shardOf(dueSk, openingShards)), dueSk },
      // An opening reads nobody, and puts a minor where his majority is found.
      ...(growsWhenOpen(status) ? { adultOn: status.child?.adultOn ?? '' } : {}),
    };
  const at = nextStepAt(status);
  if (at === undefined) return undefined;
  if (nextCallAt(status) === undefined) return clockDue(dueSk, at);
  return { duePk: callsPk, dueSk: `${at}#${askedOf(status)?.reference}` };
}

/** A wish for a code by letter stands there under its own item, wherever the person stands and whatever holds his wave. */
export function dueOfCode({ holder, letterFor }: Code): ReturnType<typeof dueOf> {
  if (letterFor === undefined) return undefined;
  return {
    duePk: wishPk(shardOf(holder, wishShards)),
    dueSk: `${wishPrefix(letterFor)}${holder}`,
  };
}
