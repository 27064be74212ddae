import * as z from 'zod';

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[] | undefined;
}
const Concept: z.ZodType<Concept> = z.object({
  code: z.string(),
  concept: z.lazy(() => z.array(Concept)).optional(),
});

const Include = z.object({
  system: z.string().optional(),
  concept: z.array(z.object({ code: z.string() })).optional(),
  valueSet: z.array(z.string()).optional(),
  filter: z.array(z.unknown()).optional(),
});
const ValueSet = z.object({
  resourceType: z.literal('ValueSet'),
  url: z.string(),
  compose: z.object({ include: z.array(Include), exclude: z.array(z.unknown()).optional() }),
});
const CodeSystem = z.object({
  resourceType: z.literal('CodeSystem'),
  url: z.string(),
  concept: z.array(Concept),
});

/** The published value sets and code systems, by their address. */
export class Terminology {
  readonly sets = new Map<string, z.infer<typeof ValueSet>>();
  readonly systems = new Map<string, readonly string[]>();

  constructor(resources: readonly unknown[]) {
    for (const one of resources) {
      const set = ValueSet.safeParse(one);
      if (set.success) this.sets.set(set.data.url, set.data);
      const system = CodeSystem.safeParse(one);
      if (system.success) this.systems.set(system.data.url, flat(system.data.concept));
    }
  }
}

const flat = (concepts: readonly Concept[]): string[] =>
  concepts.flatMap(({ code, concept = [] }) => [code, ...flat(concept)]);

/** All codes of a value set; undefined when it is not known or takes codes from outside the specification. */
export function codesOf(terminology: Terminology, url: string): readonly string[] | undefined {
  const set = terminology.sets.get(url);
  if (!set || set.compose.exclude) return undefined;
  const codes: string[] = [];
  for (const { system, concept, valueSet = [], filter } of set.compose.include) {
    if (filter) return undefined;
    const listed = concept?.map(({ code }) => code) ?? terminology.systems.get(system ?? '');
    if (listed) codes.push(...listed);
    else if (valueSet.length === 0) return undefined;
    for (const other of valueSet) {
      const nested = codesOf(terminology, other.split('|')[0] ?? '');
      if (!nested) return undefined;
      codes.push(...nested);
    }
  }
  return [...new Set(codes)];
}
