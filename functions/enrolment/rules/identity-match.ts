/** What an issuer says of a person: the pivot identity of FranceConnect, or the traits of the INS. */
export interface IdentityClaims {
  /** Birth name. */
  readonly family_name: string;
  /** First names, all of them or the first. */
  readonly given_name: string;
  /** `1962-08-24`, or without hyphens; a day or month that is not known is 00. */
  readonly birthdate: string;
  readonly gender: string;
  /** INSEE code of the commune; empty for who was born abroad. */
  readonly birthplace?: string | undefined;
  /** INSEE code of the country (99…). */
  readonly birthcountry?: string | undefined;
  /** Where the issuer vouches for it. */
  readonly nir?: string | undefined;
}

/** Identity as the insurance body gave it. */
export interface Traits {
  readonly nir: string;
  readonly birthName: string;
  /** Separated by commas or spaces. */
  readonly givenNames: string;
  readonly birthDate: string;
  readonly sex: 'M' | 'F';
  readonly birthPlace?: string | undefined;
}

/**
 * Whether the person of whom an issuer tells is the one whom the insurance body names. Birth date, sex, place of
 * birth and birth name must be the same, names without accents, case, hyphens; of the first names one side may tell
 * fewer. Where the issuer vouches for the NIR, NIR and birth date say who he is: both come from one register.
 */
export function isIdentified(claims: IdentityClaims, nir: string, traits: Traits): boolean {
  if (dayOf(claims.birthdate) !== traits.birthDate) return false;
  if (claims.nir !== undefined) return claims.nir === nir;
  const place = placeOf(claims);
  return (
    sexOf(claims.gender) === traits.sex &&
    place !== undefined &&
    place === (traits.birthPlace ?? placeOfNir(traits.nir)) &&
    plain(claims.family_name) !== '' &&
    plain(claims.family_name) === plain(traits.birthName) &&
    sameFirstNames(claims.given_name, traits.givenNames)
  );
}

/** Capital letters only: `Lœuvre-d’Aÿ` is `LOEUVREDAY`. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .toUpperCase()
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .replace(/[^\p{L}]/gu, '');

/**
 * Whether the first names of one side are, joined, those with which the other begins, in whole names: `Jean Pierre`
 * is `Jean-Pierre, Luc`; `Marie` is `Marie, Odile` and never `Marie-Odile`.
 */
export function sameFirstNames(one: string, other: string): boolean {
  const [a, b] = [namesOf(one), namesOf(other)];
  return beginsWith(a, b.join('')) || beginsWith(b, a.join(''));
}

const namesOf = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map(plain)
    .filter((name) => name !== '');

function beginsWith(names: readonly string[], joined: string): boolean {
  return joined !== '' && names.some((_, at) => names.slice(0, at + 1).join('') === joined);
}

/** A civil day, undefined where a part of it is not known. */
function dayOf(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text) ?? [];
  return !year || month === '00' || day === '00' ? undefined : `${year}-${month}-${day}`;
}

function sexOf(text: string): 'M' | 'F' | undefined {
  if (text === 'male' || text === 'M') return 'M';
  return text === 'female' || text === 'F' ? 'F' : undefined;
}

const placeOf = ({ birthplace, birthcountry }: IdentityClaims): string | undefined =>
  birthplace || birthcountry || undefined;

/** A definitive NIR tells where somebody was born: commune or, after 99, country. A waiting number does not. */
export const placeOfNir = (nir: string): string | undefined =>
  /^[12]/.test(nir) ? nir.slice(5, 10) : undefined;
