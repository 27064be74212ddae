import * as z from 'zod';
import type { Actions } from '#shared/aws/transact.ts';
import { unlessMerged } from '#shared/record/signpost.ts';
import { itemAt, statusKey } from '#shared/record/table.ts';
import { duePage } from './due-store.ts';
import { getMany } from './get-many.ts';
import { type Contested, contestsFollow, isContested } from './rules/contested.ts';
import { SuspensionDecided } from './schema-stops.ts';
import { Status } from './stored.ts';
import { TableName } from './table.ts';

/** A suspension to which its holder objected, by its reference: whose it is, and what was decided of it. */
const Contest = z.object({ holder: z.string(), decided: SuspensionDecided.optional() });
export type Contest = z.infer<typeof Contest>;

/** Those that wait, in one partition of the due index: some a week in the country. */
const duePk = 'CONTESTED';
const keyOf = (reference: string) => ({ pk: `CONTEST#${reference}`, sk: 'CONTEST' });

/** So long one that is over leads to its record still: the same decision again gets the same answer. */
const keptSeconds = 30 * 24 * 3600;

export async function loadContest(reference: string): Promise<Contest | undefined> {
  return Contest.optional().parse(await itemAt(keyOf(reference)));
}

/** The instant of the objection, so that the oldest comes first; the reference, which a page names; whose it is. */
const placeOf = ({ objectedAt, suspension }: Contested): string =>
  `${objectedAt}#${suspension.reference}`;
const Due = z
  .object({ dueSk: z.string() })
  .transform(({ dueSk }) => dueSk.split('#'))
  .transform(([objectedAt = '', reference = '', holder = '']) => {
    return { objectedAt, reference, holder };
  });

const begun = (status: Contested) => ({
  Put: {
    TableName,
    Item: {
      ...{ ...keyOf(status.suspension.reference), holder: status.holder },
      ...{ duePk, dueSk: `${placeOf(status)}#${status.holder}` },
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

/**
 * A page of those whose holder waits for a decision, oldest objection first, and the place after it. Each is held against its
 * record as it stands: what the index has not heard of yet is left out, so a page may be shorter.
 */
export async function listContested(page: { after: string | undefined; limit: number }) {
  const { after, limit } = page;
  // Behind whatever a place may be followed by: the next sign after that which ends it.
  const { items, more } = await duePage(duePk, {
    ...{ type: Due, limit },
    ...(after === undefined ? {} : { after: `${after}$` }),
  });
  const found = await getMany(items.map(({ holder }) => statusKey(holder)));
  const statuses = found.map((one) => Status.optional().parse(unlessMerged(one)));
  const waiting = statuses.filter(isContested);
  const byReference = new Map(waiting.map((one) => [one.suspension.reference, one]));
  const last = items.at(-1);
  return {
    contested: items.flatMap(({ reference }) => byReference.get(reference) ?? []),
    next: more && last ? `${last.objectedAt}#${last.reference}` : undefined,
  };
}
