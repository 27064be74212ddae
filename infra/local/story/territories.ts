import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Commune = z.object({ code: z.string(), name: z.string(), postcode: z.string() });
const Territory = z.object({
  name: z.string(),
  population: z.int().positive(),
  communes: z.array(Commune).min(1),
});
export type Territory = z.infer<typeof Territory>;

/**
 * Départements and overseas collectivities with their population and largest communes (by INSEE
 * code): an extract of @etalab/decoupage-administratif 6.0.0 (MIT, from INSEE and La Poste).
 */
export const territories: ReadonlyMap<string, Territory> = new Map(
  Object.entries(
    z
      .record(z.string(), Territory)
      .parse(JSON.parse(readFileSync(new URL('./territories.json', import.meta.url), 'utf8'))),
  ),
);

/** One territory; an unknown code is a defect of the caller. */
export function territory(code: string): Territory {
  const found = territories.get(code);
  if (!found) throw new Error(`no territory ${code}`);
  return found;
}

/**
 * Splits people over départements in proportion to their population (largest remainder), at least
 * one each when there are enough.
 */
export function shareOut(people: number, departments: readonly string[]): Map<string, number> {
  const total = departments.reduce((sum, code) => sum + territory(code).population, 0);
  const exact = departments.map((code) => ({
    code,
    share: (people * territory(code).population) / total,
  }));
  const counts = new Map(exact.map(({ code, share }) => [code, Math.floor(share)]));
  const left = people - [...counts.values()].reduce((sum, count) => sum + count, 0);
  const byRemainder = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1));
  for (const { code } of byRemainder.slice(0, left)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
