import * as z from 'zod';
import type { Client } from '#infra/local/client.ts';

const Waves = z.object({
  waves: z.array(z.object({ wave: z.string() })),
  next: z.string().optional(),
});

/** Number of this telling: one more than the last whose waves the world knows. */
export async function nextCohort(client: Client, token: string): Promise<number> {
  let last = 0;
  let cursor: string | undefined;
  do {
    const path = `/enrolment/waves?limit=50${cursor ? `&cursor=${cursor}` : ''}`;
    const answer = await client.call({ method: 'GET', path, token });
    const page = Waves.parse(answer.body);
    for (const { wave } of page.waves)
      last = Math.max(last, Number(/^recit-(\d+)-/.exec(wave)?.[1] ?? 0));
    cursor = page.next;
  } while (cursor !== undefined);
  return last + 1;
}

/** Name of a wave of one telling. */
export function waveName(cohort: number, name: string): string {
  return `recit-${cohort}-${name}`;
}
