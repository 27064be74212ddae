import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';

/** A row of the cohort with the code that was mailed to it. */
export interface Invited {
  readonly person: InsuredRow;
  readonly code: string;
}

/** An objection that was answered: the same request must get the same answer for ever. */
export interface Objected extends Invited {
  readonly key: string;
  readonly answer: string;
  readonly reference: string;
}

/** What the world acknowledged in one round, in the words that find it again. */
export interface Acknowledged {
  readonly round: number;
  /** Keys of transactions that put two items. */
  readonly pairs: string[];
  readonly objects: Map<string, string>;
  readonly messages: string[];
  readonly mails: string[];
  readonly waves: string[];
  readonly objections: Objected[];
  /** Files dropped for import, with their lines. */
  readonly files: Map<string, number>;
}

export const nothingYet = (round: number): Acknowledged => ({
  round,
  pairs: [],
  objects: new Map(),
  messages: [],
  mails: [],
  waves: [],
  objections: [],
  files: new Map(),
});

export function countOf(one: Acknowledged): number {
  const { pairs, objects, messages, mails, waves, objections, files } = one;
  const lists = [pairs, messages, mails, waves, objections].map((list) => list.length);
  return lists.reduce((sum, length) => sum + length, objects.size + files.size);
}

export const addressOf = (round: number): string => `soak-${round}@exemple.invalid`;
export const pairKey = (name: string): string => `SOAK#${name}`;
