import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type IdentityClaims,
  isIdentified,
  placeOfNir,
  plain,
  sameFirstNames,
  type Traits,
} from '#functions/enrolment/rules/identity-match.ts';
import { nirKey } from '#shared/kernel/nir.ts';

const keyed = (thirteen: string) => thirteen + nirKey(thirteen);
const nir = keyed('2620875107042');
const traits: Traits = {
  ...{ nir, birthName: 'Lœuvre-d’Aÿ', givenNames: 'Anne-Sophie, Marie', birthDate: '1962-08-24' },
  sex: 'F',
};
const claims: IdentityClaims = {
  ...{ family_name: 'LOEUVRE D AY', given_name: 'Anne Sophie', birthdate: '1962-08-24' },
  ...{ gender: 'female', birthplace: '75107', birthcountry: '99100' },
};
const fits = (change: Partial<IdentityClaims> = {}, known: Partial<Traits> = {}) =>
  isIdentified({ ...claims, ...change }, nir, { ...traits, ...known });

describe('ENR-3: an identity that an issuer vouches for', () => {
  test('is the insured person’s whatever the accents, hyphens, ligatures and case', () => {
    expect(fits()).toBe(true);
    expect(fits({ gender: 'F', birthdate: '19620824' })).toBe(true);
    expect(plain('Lœuvre-d’Aÿ')).toBe('LOEUVREDAY');
  });

  test.each<[string, Partial<IdentityClaims>]>([
    ['another birth name', { family_name: 'LOEUVRE' }],
    ['no birth name', { family_name: ' - ' }],
    ['another first name', { given_name: 'Anne' }],
    ['no first name', { given_name: '' }],
    ['another sex', { gender: 'male' }],
    ['a sex that is none', { gender: '' }],
    ['the day before', { birthdate: '1962-08-23' }],
    ['an unknown day', { birthdate: '1962-08-00' }],
    ['an unknown month', { birthdate: '1962-00-24' }],
    ['a day in another form', { birthdate: '24/08/1962' }],
    ['another arrondissement', { birthplace: '75108' }],
    ['no place, born in France', { birthplace: '' }],
    ['no place at all', { birthplace: undefined, birthcountry: undefined }],
  ])('is not with %s', (_, change) => {
    expect(fits(change)).toBe(false);
  });

  test('the place is the one that the file tells, else the one in the NIR; a waiting number has none', () => {
    expect(fits({}, { birthPlace: '75056' })).toBe(false);
    expect(fits({ birthplace: '75056' }, { birthPlace: '75056' })).toBe(true);
    const waiting = keyed('7620875107042');
    expect(fits({}, { nir: waiting })).toBe(false);
    expect(fits({ birthplace: undefined, birthcountry: undefined }, { nir: waiting })).toBe(false);
    expect(fits({}, { nir: waiting, birthPlace: '75107' })).toBe(true);
    expect(placeOfNir(keyed('162082A004042'))).toBe('2A004');
  });

  test('who was born abroad is found by the country, as the NIR tells it', () => {
    const known = { nir: keyed('2620899352042') };
    expect(fits({ birthplace: '', birthcountry: '99352' }, known)).toBe(true);
    expect(fits({ birthplace: '', birthcountry: '99350' }, known)).toBe(false);
  });

  test('where the issuer vouches for the NIR, NIR and birth date decide', () => {
    const vouched = { family_name: 'D’AY', given_name: 'Sophie', nir };
    expect(fits(vouched)).toBe(true);
    expect(fits({ ...vouched, birthdate: '1962-08-25' })).toBe(false);
    expect(fits({ nir: keyed('2620875107043') })).toBe(false);
  });
});

describe('first names', () => {
  test.each([
    ['Marie', 'Marie, Odile', true],
    ['Marie Odile', 'Marie', true],
    ['Marie', 'Marie-Odile', false],
    ['Jean Pierre', 'Jean-Pierre, Luc', true],
    ['JEAN-PIERRE', 'Jean Pierre Luc', true],
    ['Jean', 'Jeanne', false],
    ['Odile', 'Marie, Odile', false],
    ['Inès', 'INES', true],
    ['', '', false],
  ])('“%s” and “%s”: %s', (one, other, expected) => {
    expect(sameFirstNames(one, other)).toBe(expected);
    expect(sameFirstNames(other, one)).toBe(expected);
  });
});

const word = fc.stringMatching(/^[A-Za-zéèêàçïÉÖœ]{1,12}$/);
const separated = (separators: readonly string[]) =>
  fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.constantFrom(...separators))
    .map(([words, by]) => words.join(by));

describe('any name', () => {
  test('fits itself, however it is written', () => {
    fc.assert(
      fc.property(separated([' ', '-', '’']), separated([', ', ' ']), (birthName, givenNames) => {
        const said = {
          family_name: birthName.normalize('NFD').toLowerCase().replace(/[-’]/g, ' '),
          given_name: givenNames.toUpperCase().replaceAll(',', ''),
        };
        expect(fits(said, { birthName, givenNames })).toBe(true);
      }),
    );
  });

  test('fits no birth name with a letter more, nor first names that begin otherwise', () => {
    fc.assert(
      fc.property(separated([' ', '-']), separated([', ']), (birthName, givenNames) => {
        const same = { family_name: birthName, given_name: givenNames };
        expect(fits({ ...same, family_name: `${birthName}x` }, { birthName, givenNames })).toBe(
          false,
        );
        expect(fits({ ...same, given_name: `x${givenNames}` }, { birthName, givenNames })).toBe(
          false,
        );
      }),
    );
  });
});
