import * as z from 'zod';
import { unlessMerged } from '#shared/record/signpost.ts';
import { statusKey } from '#shared/record/table.ts';
import { contestedPk } from './contest-store.ts';
import { duePage } from './due-store.ts';
import { getMany } from './get-many.ts';
import { isContested } from './rules/contested.ts';
import { Status } from './stored.ts';

const Due = z
  .object({ dueSk: z.string() })
  .transform(({ dueSk }) => dueSk.split('#'))
  .transform(([objectedAt = '', reference = '', holder = '']) => {
    return { objectedAt, reference, holder };
  });

/**
 * A page of those whose holder waits for a decision, oldest objection first, and the place after it. Each is held against its
 * record as it stands: what the index has not heard of yet is left out, so a page may be shorter.
 */
export async function listContested(page: { after: string | undefined; limit: number }) {
  const { after, limit } = page;
  // Behind whatever a place may be followed by: the next sign after that which ends it.
  const { items, more } = await duePage(contestedPk, {
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
