import * as z from 'zod';
import { deadlinePk } from './due.ts';
import { duePages } from './due-store.ts';

/** What the due index shows of a person whose deadline runs: enough to act without reading him. */
const Due = z
  .object({
    dueSk: z.string(),
    version: z.int(),
    headSeq: z.int(),
    headHash: z.string(),
    department: z.string(),
    wave: z.string().optional(),
    informBy: z.enum(['mail', 'letter']),
    byText: z.literal(true).optional(),
    cohort: z.string().optional(),
    deadlineAt: z.string(),
    /** Of a minor: the day on which he comes of age. */
    adultOn: z.string().optional(),
  })
  .transform(({ dueSk: holder, ...rest }) => ({ holder, ...rest }));

/** The facts of a person whose deadline runs that an opening or a reminder needs. */
export type Hint = z.infer<typeof Due>;

/** Who stands under a deadline in some of its shards, page by page. */
export async function* dueHints(
  deadlineAt: string,
  shards: readonly number[],
): AsyncGenerator<Hint[]> {
  for (const shard of shards) yield* duePages(deadlinePk(deadlineAt, shard), Due);
}
