import * as z from 'zod';
import type { Actions } from '#shared/aws/transact.ts';
import { itemAt } from '#shared/record/table.ts';
import { type Contested, contestsFollow } from './rules/contested.ts';
import { SuspensionDecided } from './schema-stops.ts';
import type { Status } from './stored.ts';
import { TableName } from './table.ts';

/** A suspension to which its holder objected, by its reference: whose it is, and what was decided of it. */
const Contest = z.object({ holder: z.string(), decided: SuspensionDecided.optional() });
export type Contest = z.infer<typeof Contest>;

/** Those that wait, in one partition of the due index: some a week in the country. */
export const contestedPk = 'CONTESTED';
const keyOf = (reference: string) => ({ pk: `CONTEST#${reference}`, sk: 'CONTEST' });

/** So long one that is over leads to its record still: the same decision again gets the same answer. */
const keptSeconds = 30 * 24 * 3600;

export async function loadContest(reference: string): Promise<Contest | undefined> {
  return Contest.optional().parse(await itemAt(keyOf(reference)));
}

/** The instant of the objection, so that the oldest comes first; the reference, which a page names; whose it is. */
const dueSkOf = ({ objectedAt, suspension, holder }: Contested): string =>
  `${objectedAt}#${suspension.reference}#${holder}`;

const begun = (status: Contested) => ({
  Put: {
    TableName,
    Item: {
      ...{ ...keyOf(status.suspension.reference), holder: status.holder },
      ...{ duePk: contestedPk, dueSk: dueSkOf(status) },
    },
  },
});

const ended = ({ suspension, holder }: Contested, at: number, decided?: SuspensionDecided) => ({
  Put: {
    TableName,
    Item: {
      ...{ ...keyOf(suspension.reference), holder },
      ...(decided ? { decided } : {}),
      expiresAt: Math.floor(at / 1000) + keptSeconds,
    },
  },
});

/**
 * The parts of a transaction that keep the list of suspensions to be decided (ENR-45) in step with the records that it
 * changes; `at` in ms. None where neither is one, and none was.
 */
export function contestWrites(
  before: readonly (Status | undefined)[],
  next: readonly Status[],
  { at, decided }: { readonly at: number; readonly decided?: SuspensionDecided },
): Actions {
  const { begin, end } = contestsFollow(before, next);
  return [...begin.map(begun), ...end.map((one) => ended(one, at, decided))];
}
