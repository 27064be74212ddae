import { Refused } from './problem.ts';

const maxDepth = 32;

/**
 * Reads JSON from a stranger. Beyond `JSON.parse` it refuses what two readers could take differently
 * or what only an attacker sends: nesting past 32, a name twice in one object, `__proto__`, lone surrogates.
 */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused('json-syntax');
  }
  inspect(text);
  return value;
}

/** Walks a text that is known to be valid JSON. */
function inspect(text: string): void {
  // One entry for each open bracket: the names seen in an object, or null in an array.
  const open: (Set<string> | null)[] = [];
  const colon = /\s*:/y;
  // Unrolled, so that a text of some megabytes (a document in base64) is passed over in one step.
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > maxDepth) throw new Refused('json-depth');
    } else if (token === '}' || token === ']') open.pop();
    else {
      const string = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
      if (!string.isWellFormed()) throw new Refused('json-surrogate');
      const names = open.at(-1);
      colon.lastIndex = index + token.length;
      if (names && colon.test(text)) {
        if (string === '__proto__') throw new Refused('json-proto');
        if (names.has(string)) throw new Refused('json-duplicate');
        names.add(string);
      }
    }
  }
}
