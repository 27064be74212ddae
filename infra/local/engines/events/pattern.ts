import * as z from 'zod';

/** One accepted value, one accepted beginning, or whether the field is there at all. */
const Matcher = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ exists: z.boolean() }),
]);
type Matcher = z.infer<typeof Matcher>;

export interface Pattern {
  readonly [field: string]: readonly Matcher[] | Pattern;
}

/**
 * Reads the EventPattern of a rule. Throws on anything that home does not match (suffix, wildcard,
 * anything-but, numeric …): a rule that silently never matched would look like a quiet system.
 */
export function parsePattern(pattern: unknown, path = ''): Pattern {
  const fields = z.record(z.string(), z.unknown()).safeParse(pattern);
  if (!fields.success || Object.keys(fields.data).length === 0) {
    throw new Error(`Not an event pattern at ${path || 'its top'}`);
  }
  return Object.fromEntries(
    Object.entries(fields.data).map(([name, value]) => [
      name,
      parseField(value, `${path}.${name}`),
    ]),
  );
}

function parseField(value: unknown, path: string): readonly Matcher[] | Pattern {
  if (!Array.isArray(value)) return parsePattern(value, path);
  const matchers = z.array(Matcher).min(1).safeParse(value);
  if (matchers.success) return matchers.data;
  throw new Error(`Not played at home: event pattern at ${path}: ${JSON.stringify(value)}`);
}

/** Whether an event matches: every field named must, by one of its values. */
export function matches(pattern: Pattern, event: unknown): boolean {
  const known = z.record(z.string(), z.unknown()).safeParse(event);
  const fields = known.success ? known.data : {};
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return isMatchers(wanted) ? accepts(wanted, value) : matches(wanted, value);
  });
}

const isMatchers = (wanted: readonly Matcher[] | Pattern): wanted is readonly Matcher[] =>
  Array.isArray(wanted);

/** Of an array in the event one element is enough, as at AWS. */
function accepts(matchers: readonly Matcher[], value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return matchers.some((matcher) => {
    if (matcher === null || typeof matcher !== 'object')
      return values.some((one) => one === matcher);
    if ('exists' in matcher) return (value !== undefined) === matcher.exists;
    return values.some((one) => typeof one === 'string' && one.startsWith(matcher.prefix));
  });
}
