import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { Person } from './person.ts';

/** A name of a code or of an answer: `ok`, or the reason of a refusal. */
export type Says = string;

/** How somebody really stands. */
export interface Standing {
  readonly state: string;
  readonly deadline: number | undefined;
  readonly waits: boolean;
  /** When a closed record is to be deleted. */
  readonly deleteFrom: number | undefined;
  /** Of who objected: until when what came in before a reversal is kept; 0 for nothing. */
  readonly keptUntil: number | undefined;
  readonly lines: readonly JournalLine[];
  /** How often the status was written, and where it says that the chain ends. */
  readonly changes: number;
  readonly headSeq: number;
  readonly headHash: string;
}

/** Two records: that of the number which is replaced, and the other. */
export interface Pair {
  readonly from: Person;
  readonly into: Person;
}

/** What people and agents do, by the handlers in this process or over HTTP. Instants in ms. */
export interface Acting {
  object(person: Person, now: number, code: string): Promise<Says>;
  bring(person: Person, now: number, madeAt: number): Promise<Says>;
  /** The wish for a new code, and its answer by mail. */
  request(person: Person, now: number): Promise<Says>;
  activate(person: Person, now: number, account: string): Promise<Says>;
  close(person: Person, now: number, deletion: boolean): Promise<Says>;
  reopen(person: Person, now: number): Promise<Says>;
}

/** The system as the model plays it in this process, where it is the clock, the mail and the jobs as well. */
export interface System extends Acting {
  /** Holder's pseudonym. */
  import(row: InsuredRow, now: number): Promise<string>;
  invite(person: Person, now: number): Promise<Says>;
  bounce(person: Person, now: number): Promise<Says>;
  /** A file of updates names him by the same row. */
  nameAgain(person: Person, now: number): Promise<Says>;
  /** A file of updates says that two numbers are one person's, or that they were not. */
  join(op: 'merge' | 'split', pair: Pair, now: number): Promise<Says>;
  /** Opens all who are due of these deadlines. */
  sweep(deadlines: readonly number[], now: number): Promise<void>;
  erase(person: Person, now: number): Promise<void>;
  /** The code of the last mail to him that has one. */
  mailedCode(person: Person): Promise<string | undefined>;
  stands(person: Person): Promise<Standing>;
  /** Runs an act whose process dies at its n-th call to AWS; false where it ended before. */
  dying(n: number, act: () => Promise<unknown>): Promise<boolean>;
}
