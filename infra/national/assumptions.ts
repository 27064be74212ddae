import { shares } from '#shared/mail/pace.ts';

/** What the simulation of the national campaign takes for granted. Each with where it comes from. */
export const assumptions = {
  /** Insured people; informed from 3 February to 28 March 2022, on working days. */
  people: 69_000_000,
  firstDay: '2022-02-03',
  lastDay: '2022-03-28',
  /** Share with an address by mail: an assumption. */
  withMail: 0.7,
  /** Of the mails, how many come back for good: an assumption. */
  bouncing: 0.02,
  /** Of those whom no mail reaches, of how many a mobile number is known: an assumption, the file's column is optional. */
  withMobile: 0.2,
  /** Share that objects: the pilot of 2021. */
  objecting: 0.01,
  /** Days between printing and posting: an assumption. */
  postingDays: 3,
  objectionDays: 42,
  /** Days before the end on which who is silent is reminded, by mail or by text message. */
  reminderDays: [14, 3],
} as const;

/** Capacity units and calls a person, as `test/enrolment/units.world.test.ts` holds them exactly. */
export const units = {
  import: { write: 10 + 14 / 96, read: 97 / 96 },
  invitation: { write: 13, read: 5 },
  objection: { write: 8, read: 5 },
  opening: { write: 6, read: 0.32 },
  reminder: { write: 6, read: 0.32 },
  /** One that goes by text message: the same line, another service. */
  'reminder by text': { write: 6, read: 0.32 },
  /** Printing and posting of a letter: items of the two transactions, doubled (decision D32). */
  letter: { write: 20, read: 8 },
} as const;

/** Of the writes of an opening, how many go to the busier table. */
export const openingWritesOfBusierTable = 4;

/** Default quotas of an account in eu-west-3, and what the stage `prod` is set to. */
export const limits = {
  /** Write units a second of a new on-demand table, and of a warmed one at the default quota. */
  newTable: 4_000,
  warmedTable: 40_000,
  /** Mails a second of the account (`MAILS_PER_SECOND` of prod), and of them those of waves, and of openings and reminders. */
  mailsPerSecond: 200,
  waveShare: shares.waves,
  openingShare: shares.openings,
  /** Letters a second and function, measured on one core of an old machine (docs/bench.md). */
  lettersPerSecond: 353,
} as const;

/** Prices in USD, eu-west-3, of 2026; the REST API's is the HTTP API's here times what they differ elsewhere. */
export const prices = {
  writeUnits: 0.7423 / 1e6,
  readUnits: 0.1487 / 1e6,
  mails: 0.1 / 1e3,
  /** A text message of one part to a French number: an assumption, carriers change it often. */
  texts: 0.07,
  restRequests: (1.17 * 3.5) / 1e6,
  lambdaRequests: 0.2 / 1e6,
  lambdaGbSeconds: 13.3334 / 1e6,
  queueRequests: 0.4 / 1e6,
  logsGb: 0.6,
  eurosPerDollar: 0.9,
} as const;

/** Processor time of one act in a function of 1 GB, in seconds: hashing, sealing and calls; estimates. */
export const seconds = {
  ...{
    import: 0.004,
    invitation: 0.09,
    objection: 0.12,
    opening: 0.002,
    reminder: 0.004,
    'reminder by text': 0.004,
    letter: 0.02,
  },
} as const;
