import * as z from 'zod';

const Problem = z.object({ code: z.string() });
const Outcome = z.object({
  issue: z.array(
    z.object({ details: z.object({ coding: z.array(z.object({ code: z.string() })) }) }),
  ),
});

/** The stable code of a problem, or of the first issue of an OperationOutcome; undefined where there is none. */
export function codeOf(body: unknown): string | undefined {
  const outcome = Outcome.safeParse(body);
  if (outcome.success) return outcome.data.issue[0]?.details.coding[0]?.code;
  return Problem.safeParse(body).data?.code;
}
