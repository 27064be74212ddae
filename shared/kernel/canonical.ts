/** What canonical JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * Canonical JSON (RFC 8785): keys sorted by UTF-16 units, no spaces, undefined members left out.
 * Throws on what has no canonical form: numbers that are not finite, lone surrogates.
 */
export function canonical(value: Json): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new RangeError('a lone surrogate has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('not a finite number');
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value).sort(byUnits))
    if (member !== undefined) members.push(`${canonical(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

// Not localeCompare: the order of RFC 8785 is that of the code units.
const byUnits = ([left]: [string, unknown], [right]: [string, unknown]): number =>
  left < right ? -1 : left > right ? 1 : 0;
