/** Most lines of an address, and most characters of a line, that a sorting machine reads (NF Z 10-011). */
export const mostLines = 6;
export const lineLength = 38;

/** What the address needs of an identity. */
export interface Addressed {
  readonly sex: 'M' | 'F';
  readonly givenNames: string;
  readonly birthName: string;
  readonly usedName: string;
  readonly addressLine: string;
  readonly postcode: string;
  readonly city: string;
}

/** Capitals without accents or punctuation, as the machines want them; another script stays as it is. */
export function postal(text: string): string {
  const plain = text
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/ø/gi, 'o')
    .replace(/ł/gi, 'l')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase();
  const kept = plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return kept;
}

/** Words put into lines of 38 characters; a longer word is cut. */
function broken(words: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ').flatMap((one) => one.match(/.{1,38}/gu) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 1 + [...word].length <= lineLength)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The person's line: the first name gives way to its initial where both are too long for one. */
function nameLine({ sex, givenNames, birthName, usedName }: Addressed): string {
  const title = sex === 'F' ? 'MME' : 'M';
  const first = postal(givenNames.split(/[ ,]/)[0] ?? '');
  const name = postal(usedName || birthName);
  const whole = `${title} ${first} ${name}`;
  if ([...whole].length <= lineLength) return whole;
  return [...`${title} ${[...first][0] ?? ''} ${name}`].slice(0, lineLength).join('').trim();
}

/**
 * The address as it stands on a letter: at most six lines of at most 38 characters, postcode and town last.
 * An empty address line leaves two lines, which the post takes for a small place.
 */
export function postalLines(person: Addressed): string[] {
  const town = `${person.postcode} ${postal(person.city)}`;
  const street = broken(postal(person.addressLine)).slice(0, mostLines - 2);
  return [nameLine(person), ...street, [...town].slice(0, lineLength).join('').trim()];
}
