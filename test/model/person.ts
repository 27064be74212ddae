import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';

export const states = [
  ...['known', 'invited', 'opposed', 'open', 'activated', 'closed', 'deletion-requested'],
  ...['deleting', 'deleted'],
] as const;

/** The code that counts for somebody, as the model remembers it. */
export interface RememberedCode {
  /** As it stood in the mail. */
  text: string;
  generation: number;
  sentAt: number;
  validUntil: number;
  used: boolean;
  burnt: boolean;
  failures: number;
}

/** Somebody as the model remembers him. Instants in ms. */
export interface Person {
  readonly row: InsuredRow;
  readonly holder: string;
  readonly importedAt: number;
  state: string;
  hasMail: boolean;
  deadline: number;
  frozen: boolean;
  uninformed: boolean;
  code: RememberedCode | undefined;
  requestedAt: number;
  /** Which of his accounts is linked. */
  account: string | undefined;
  reopened: boolean;
  remindFrom: number;
  deleteFrom: number;
  reminded: boolean;
  /** When the rooms had erased what they hold. */
  erasedAt: number | undefined;
  begunAt: number;
  /** His mails come back for good. */
  readonly bounces: boolean;
  /** A wave left him to a letter. */
  deferred: boolean;
  /** He was sent the one letter that he gets. */
  written: boolean;
  /** How often he decided himself, by an objection that counted. */
  objections: number;
}

export const born = (row: InsuredRow, holder: string, importedAt: number): Person => ({
  ...{
    row,
    holder,
    importedAt,
    state: 'known',
    hasMail: row.email !== '',
    deadline: 0,
    frozen: false,
  },
  ...{ uninformed: false, code: undefined, requestedAt: 0, account: undefined, reopened: false },
  ...{ remindFrom: 0, deleteFrom: 0, reminded: false, erasedAt: undefined, begunAt: 0 },
  ...{ objections: 0, bounces: row.email.endsWith('@bounce.invalid') },
  ...{ deferred: false, written: false },
});

/** Whether a deadline runs that opens the record. */
export const runs = ({ state, frozen, uninformed }: Person): boolean =>
  state === 'invited' && !frozen && !uninformed;
