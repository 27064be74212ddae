import { type Dice, diceOf } from './random.ts';
import { shareOut, territory } from './territories.ts';

/** One line of the insured people's file, and what the story needs to know of the person. */
export interface Insured {
  nir: string;
  birthName: string;
  usedName: string;
  givenNames: string;
  birthDate: string;
  sex: 'M' | 'F';
  addressLine: string;
  postcode: string;
  city: string;
  department: string;
  email: string;
  cardSerial: string;
}

const columns = [
  'nir',
  'birthName',
  'usedName',
  'givenNames',
  'birthDate',
  'sex',
  'addressLine',
  'postcode',
  'city',
  'department',
  'email',
  'cardSerial',
] as const satisfies readonly (keyof Insured)[];

const names =
  'MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL LEFEVRE LEROY ROUX DAVID BERTRAND MOREL FOURNIER GIRARD BONNET DUPONT LAMBERT FONTAINE ROUSSEAU VINCENT MULLER FAURE ANDRE MERCIER GARCIA FERRER VIDAL PUIG SOLER COSTE BOUSQUET CASTEL DELMAS PAGES'.split(
    ' ',
  );
const women =
  'Marie Jeanne Françoise Monique Catherine Nathalie Isabelle Sylvie Hélène Camille Inès Léa Chloé Aïcha Yvette Odette Zoé'.split(
    ' ',
  );
const men =
  'Jean Pierre Michel André Philippe René Alain Nicolas Éric Thomas Julien Hugo Lucas Mehdi Loïc Noël Gaël'.split(
    ' ',
  );
const streets = [
  'rue de la République',
  'avenue de la Gare',
  'chemin des Oliviers',
  'place du Marché',
];

/** The key of a NIR: 97 less the thirteen digits modulo 97, with 2A read 19 and 2B read 18 (ENR-20). */
export function nirKey(thirteen: string): string {
  const digits = thirteen.replace('2A', '19').replace('2B', '18');
  return String(97n - (BigInt(digits) % 97n)).padStart(2, '0');
}

const two = (value: number) => String(value).padStart(2, '0');

interface Draw {
  dice: Dice;
  department: string;
  /** Serial within the cohort, and the cohort's number: keep the NIRs of two cohorts apart. */
  order: number;
  cohort: number;
  withMail: number;
}

/** NIRs of two cohorts differ in their order number (which is its cohort's modulo 33). */
function person({ dice, department, order, cohort, withMail }: Draw): Insured {
  const sex = dice.roll() < 0.52 ? 'F' : 'M';
  const year = dice.whole(1932, 2003);
  const month = dice.whole(1, 12);
  const { communes } = territory(department);
  const home = dice.pick(communes);
  const birthplace = dice.pick(communes).code;
  const number = 33 * dice.whole(0, 29) + (cohort % 33) + 1;
  const thirteen = `${sex === 'M' ? 1 : 2}${two(year % 100)}${two(month)}${birthplace}${String(number).padStart(3, '0')}`;
  const mail = dice.roll() < withMail ? `assure-${cohort}-${order}@exemple.invalid` : '';
  const birthName = dice.pick(names);
  return {
    nir: thirteen + nirKey(thirteen),
    birthName,
    usedName: sex === 'F' && dice.roll() < 0.5 ? dice.pick(names) : birthName,
    givenNames: dice.pick(sex === 'F' ? women : men),
    birthDate: `${year}-${two(month)}-${two(dice.whole(1, 28))}`,
    sex,
    addressLine: `${dice.whole(1, 120)} ${dice.pick(streets)}`,
    postcode: home.postcode,
    city: home.name,
    department,
    email: mail,
    cardSerial: String(dice.whole(10_000_000, 99_999_999)) + String(dice.whole(100, 999)),
  };
}

/**
 * Draws a cohort: people shared out by population, each NIR once. `withMail` is the share that has
 * given an e-mail address; the others wait for a letter.
 */
export function drawPeople(asked: {
  seed: number;
  cohort: number;
  people: number;
  departments: readonly string[];
  withMail: number;
}): Insured[] {
  const dice = diceOf(asked.seed * 7919 + asked.cohort);
  const seen = new Set<string>();
  const drawn: Insured[] = [];
  for (const [department, count] of shareOut(asked.people, asked.departments))
    for (let made = 0; made < count; ) {
      const one = person({ ...asked, dice, department, order: drawn.length });
      if (seen.has(one.nir)) continue;
      seen.add(one.nir);
      drawn.push(one);
      made += 1;
    }
  return drawn;
}

/** The file as the insurer drops it: UTF-8, semicolons, one line a person. */
export function csvOf(people: readonly Insured[]): string {
  const lines = people.map((one) => columns.map((column) => one[column]).join(';'));
  return `${[columns.join(';'), ...lines].join('\n')}\n`;
}
