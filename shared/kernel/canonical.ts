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
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('not a finite number');
    return String(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  let members = '';
  for (const key of byUnits(Object.keys(value))) {
    const member = value[key];
    if (member === undefined) continue;
    if (members !== '') members += ',';
    members += named(key) + canonical(member);
  }
  return `{${members}}`;
}

// `Array.isArray` does not see that a list may be read-only.
const isList = (value: readonly Json[] | object): value is readonly Json[] => Array.isArray(value);

const plain = /^[ !#-[\]-~]*$/;

// Nearly all strings need no escaping, and asking is cheaper than escaping: half of a line's hash is this.
function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new RangeError('a lone surrogate has no canonical form');
  return JSON.stringify(text);
}

const known = new Map<string, string>();
const mostKnown = 1000;

/** A name with its colon. The names of our shapes are few and come again with every line. */
function named(key: string): string {
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const made = `${quoted(key)}:`;
  if (known.size < mostKnown) known.set(key, made);
  return made;
}

/** Sorts a few names in place by their code units, as RFC 8785 wants it and localeCompare does not. */
function byUnits(names: string[]): string[] {
  // An insertion sort by index: for a dozen names it takes a third of the time of the built-in one.
  for (let from = 1; from < names.length; from++) {
    const name = names[from] ?? '';
    let at = from;
    for (; at > 0 && (names[at - 1] ?? '') > name; at--) names[at] = names[at - 1] ?? '';
    names[at] = name;
  }
  return names;
}
