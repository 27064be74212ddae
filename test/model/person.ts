import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';

export const states = [
  ...['known', 'invited', 'opposed', 'open', 'activated', 'closed', 'deletion-requested'],
  ...['deleting', 'deleted', 'merged', 'forgotten'],
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

/** What of somebody is his record's state, and goes where the state goes. Instants in ms. */
export interface State {
  state: string;
  deadline: number;
  frozen: boolean;
  uninformed: boolean;
  /** Which of his accounts is linked. */
  account: string | undefined;
  reopened: boolean;
  remindFrom: number;
  deleteFrom: number;
  reminded: boolean;
  /** When the rooms had erased what they hold. */
  erasedAt: number | undefined;
  begunAt: number;
  /** Of an opening that an objection reversed: until when what came into the record is kept. */
  keptUntil: number;
  /** Until when a deleted record's trace is kept; since when nothing leads to it any more. */
  traceUntil: number;
  endedAt: number | undefined;
}

export interface Merged {
  readonly into: Person;
  readonly wins: 'into' | 'from';
  readonly before: State;
  readonly intoBefore: State;
}

/** Somebody as the model remembers him. */
export interface Person extends State {
  readonly row: InsuredRow;
  readonly holder: string;
  readonly importedAt: number;
  hasMail: boolean;
  code: RememberedCode | undefined;
  requestedAt: number;
  /** The insurance body's row says nothing new of him. */
  rowTold: boolean;
  /** Of who was merged into another: whose state counted, and how both stood. */
  merged: Merged | undefined;
  /** Whose records stand merged into his. */
  readonly absorbed: Person[];
  /** Who he is was erased with the record into which he was merged. */
  rowErased: boolean;
  /** His mails come back for good. */
  readonly bounces: boolean;
  /** A wave left him to a letter. */
  deferred: boolean;
  /** He was sent the one letter that he gets. */
  written: boolean;
  /** Since when a letter with another code is to come to him, whose code was burnt and whom no mail reaches. */
  wishedAt: number | undefined;
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
  ...{
    remindFrom: 0,
    deleteFrom: 0,
    reminded: false,
    erasedAt: undefined,
    begunAt: 0,
    keptUntil: 0,
  },
  ...{ objections: 0, bounces: row.email.endsWith('@bounce.invalid') },
  ...{ deferred: false, written: false, wishedAt: undefined, traceUntil: 0, endedAt: undefined },
  ...{ rowTold: false, merged: undefined, absorbed: [], rowErased: false },
});

/** Whether a deadline runs that opens the record. */
export const runs = ({ state, frozen, uninformed }: Person): boolean =>
  state === 'invited' && !frozen && !uninformed;

/** The state of somebody, apart from him. */
export const stateOf = (person: State): State => ({
  ...{ state: person.state, deadline: person.deadline, frozen: person.frozen },
  ...{ uninformed: person.uninformed, account: person.account, reopened: person.reopened },
  ...{ remindFrom: person.remindFrom, deleteFrom: person.deleteFrom, reminded: person.reminded },
  ...{ erasedAt: person.erasedAt, begunAt: person.begunAt, traceUntil: person.traceUntil },
  endedAt: person.endedAt,
  keptUntil: person.keptUntil,
});
