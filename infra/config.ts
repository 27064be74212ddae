import * as z from 'zod';

/** Names of the stages: `home` is this machine, the others are accounts in the cloud. */
export const StageName = z.enum(['home', 'dev', 'staging', 'prod']);
export type StageName = z.infer<typeof StageName>;

const Issuer = z.strictObject({
  kind: z.enum(['holder', 'professional', 'agent', 'establishment']),
  issuer: z.url({ protocol: /^https$/ }),
  audience: z.string().min(1),
  /** How strongly its people must have signed in, in the issuer's own words (the `acr` claim). */
  acr: z.array(z.string().min(1)).min(1),
  /** Whether what it says of its people's identity finds their records: for which client, at which levels. */
  identityClaims: z
    .strictObject({ audience: z.string().min(1), acr: z.array(z.string().min(1)).min(1) })
    .optional(),
});

/** All that differs between stages. What law or practice may change is here, never in code. */
const Settings = z.strictObject({
  name: StageName,
  /** Data stay in France: no other region passes. */
  region: z.literal('eu-west-3'),
  /** Fixed at home only; in the cloud the account is that of whoever deploys. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  issuers: z.array(Issuer).length(4),
  mail: z.strictObject({ domain: z.hostname(), from: z.email() }),
  /** As whom text messages come: 11 capitals or digits at most; and where to (a name has to be asked for in each). */
  sms: z.strictObject({
    sender: z.string().regex(/^(?=.*[A-Z])[A-Z0-9]{3,11}$/),
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  }),
  /** Who is told of alarms by e-mail; prod must have one, another stage without one reads the topic. */
  alarmMail: z.email().optional(),
  /** Requests a second and burst, over all callers. */
  throttle: z.strictObject({ rate: z.int().positive(), burst: z.int().positive() }),
  /** Requests of one address in five minutes, over all paths and on the public ones. */
  perAddress: z.strictObject({ all: z.int().min(10), public: z.int().min(10) }),
  /** Upper bound on concurrent environments of a function that answers HTTP. */
  concurrency: z.strictObject({
    api: z.int().positive(),
    staff: z.int().positive(),
    authorizer: z.int().positive(),
  }),
  /** Values that entries read as environment variables. */
  parameters: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string().min(1)),
});
export const Stage = Settings.refine(({ name, alarmMail }) => name !== 'prod' || alarmMail, {
  message: 'Somebody must be told of the alarms of prod.',
  path: ['alarmMail'],
});
export type Stage = z.infer<typeof Stage>;

const audience = 'mon-espace-sante';
/** Pro Santé Connect states eidas1 of its sign-ins by card or mobile; a stronger word passes as well. */
const ofProfessionals = ['eidas1', 'eidas2', 'eidas3'];

/** eIDAS substantial or high: what FranceConnect+ and the Vitale card's application state. */
const substantial = ['eidas2', 'eidas3'];
/** A citizen with a second factor signs in; at that level he needs a provisional code to activate. */
const ofCitizens = ['mfa', ...substantial];

const issuers = (host: (name: string) => string) => [
  { kind: 'holder', issuer: host('citizens'), audience, acr: ofCitizens },
  { kind: 'professional', issuer: host('professionals'), audience, acr: ofProfessionals },
  { kind: 'agent', issuer: host('agents'), audience, acr: ['mfa'] },
  { kind: 'establishment', issuer: host('establishments'), audience, acr: ['organisation'] },
];

/** argon2id at 46 MiB and one pass: what ASVS 5.0 (appendix C) asks of a short secret. */
const strongHash = { memoryKiB: 47104, passes: 1, parallelism: 1 };

/** Who signs the letters: nobody's name and address, until whoever runs this for real puts his own here. */
const senderAt = (domain: string) => ({
  name: 'Mon espace santé',
  address: ['Service des courriers', '1 rue de la Démonstration', '00000 DÉMONSTRATION'],
  site: `https://${domain}`,
  phone: '3422',
  notice: 'Service de démonstration, non officiel.',
});

const parameters = (given: {
  hash: object;
  mailsPerSecond: number;
  textsPerSecond?: number;
  beatMs?: number;
  sender: object;
}) => ({
  OBJECTION_DAYS: '42',
  // Days before the end of a deadline on which who is silent is reminded of it.
  REMINDER_DAYS: JSON.stringify([14, 3]),
  // Which of these also go by text message, where no mail reaches: each costs some centimes.
  TEXT_REMINDER_DAYS: JSON.stringify([14, 3]),
  CODE_HASH: JSON.stringify(given.hash),
  // An answer that is to tell nothing leaves on a multiple of `beatMs` (ms), longer than what differs.
  CODE_LIMITS: JSON.stringify({
    ...{ softPerHour: 5, hard: 10, networkPerHour: 200, resendSeconds: 30 },
    beatMs: given.beatMs ?? 100,
  }),
  // People whose objection one agent may bring in an hour: a call centre's pace, not that of a list.
  AGENT_OBJECTIONS_PER_HOUR: '120',
  MAILS_PER_SECOND: String(given.mailsPerSecond),
  // Parts of text messages that the senders take a second.
  TEXTS_PER_SECOND: String(given.textsPerSecond ?? 10),
  // Versions of the conditions of use, by the day from which each stands. Who accepted an earlier one is asked to read
  // the latest, and may go on without accepting it until the end of a day.
  CONDITIONS: JSON.stringify([
    { version: '2022-01', from: '2022-01-01', acceptUntil: '2022-01-31' },
  ]),
  OTP_LIMITS: JSON.stringify({
    ...{ validSeconds: 600, tries: 5, resendSeconds: 30, sends: 5, lastsSeconds: 3600 },
  }),
  // What cannot be undone by a click asks for a sign-in no older than this, in seconds.
  FRESH_SIGN_IN_SECONDS: '300',
  // How long ago an issuer may have said who somebody is, where he activates by that, in seconds.
  IDENTITY_SECONDS: '900',
  // How long a holder's own session at a counter lasts, in seconds.
  ASSISTED_SECONDS: '1200',
  // A code stands in a letter before the letter is posted: how long it may wait for that, in days.
  LETTER_PRINT_DAYS: '30',
  // Days after a wave's sending on which the clock orders its letters: bounces have come back by then.
  LETTER_WAIT_DAYS: '7',
  LETTER_SENDER: JSON.stringify(given.sender),
  // Days in which a holder may object to a suspension before it is closed (R1111-36: six weeks).
  SUSPENSION_DAYS: '42',
  // Days in which another agent may confirm by a call-back what somebody asked an agent to close.
  AGENT_CLOSURE_DAYS: '15',
  // Days until a deletion that was asked for is done (the law gives three months), days between its
  // reminder and itself, days more where that goes by letter, years that a closed record is kept.
  DELETION_DELAYS: JSON.stringify({
    coolingDays: 30,
    reminderDays: 7,
    letterDays: 7,
    archiveYears: 10,
    traceYears: 10,
  }),
  // From which age on, in years, somebody acts for himself and his guardians' access ends.
  MAJORITY_AGE: '18',
  // From which age on, in years, a minor with a card of his own may have an account beside his guardians'; `off`: never.
  MINOR_OWN_CARD_AGE: 'off',
  // Days before it on which guardians and the young person are told of it.
  MAJORITY_REMINDER_DAYS: JSON.stringify([90, 30]),
  // Days in which one of a child's two guardians may stop the closure that the other asked for.
  CHILD_CLOSURE_DAYS: '15',
  // Days in which a second guardian may answer the invitation of the first.
  GUARDIAN_INVITATION_DAYS: '30',
  // Whoever no mail reaches is told by a letter so many days later: what comes together on a day is one letter.
  NOTICE_LETTER_DAYS: '7',
  // Statistics are published once in so many days, counted from a Monday.
  PUBLISH_EVERY_DAYS: '7',
});

/** France and its territories that have a country code of their own. */
const sms = {
  sender: 'ESPACESANTE',
  countries: ['FR', 'GP', 'GF', 'MQ', 'RE', 'YT', 'PM', 'NC', 'PF', 'WF'],
};

const cloud = (name: 'dev' | 'staging' | 'prod', domain: string) => ({
  name,
  region: 'eu-west-3',
  issuers: issuers((host) => `https://${host}.${domain}`),
  mail: { domain: `mail.${domain}`, from: `ne-pas-repondre@mail.${domain}` },
  sms,
  throttle: { rate: 500, burst: 1000 },
  perAddress: { all: 2000, public: 300 },
  concurrency: { api: 50, staff: 10, authorizer: 100 },
  parameters: parameters({ hash: strongHash, mailsPerSecond: 14, sender: senderAt(domain) }),
});

// `.example` is nobody's domain: whoever runs this for real puts his own here.
const stages: Readonly<Record<StageName, unknown>> = {
  home: {
    ...cloud('dev', 'home.invalid'),
    name: 'home',
    account: '000000000000',
    // Only at home: in the cloud an accredited broker has to stand in front of the citizens' issuer first.
    issuers: issuers((host) => `https://${host}.home.invalid`).map((one) =>
      one.kind === 'holder'
        ? { ...one, identityClaims: { audience: 'portal', acr: substantial } }
        : one,
    ),
    parameters: parameters({
      ...{
        hash: { ...strongHash, memoryKiB: 1024 },
        mailsPerSecond: 25_000,
        textsPerSecond: 5_000,
        beatMs: 40,
      },
      sender: senderAt('home.invalid'),
    }),
  },
  dev: cloud('dev', 'dev.mon-espace-sante.example'),
  staging: cloud('staging', 'staging.mon-espace-sante.example'),
  prod: {
    ...cloud('prod', 'mon-espace-sante.example'),
    alarmMail: 'exploitation@mon-espace-sante.example',
    throttle: { rate: 5000, burst: 5000 },
    concurrency: { api: 29, staff: 8, authorizer: 250 },
    parameters: parameters({
      ...{ hash: strongHash, mailsPerSecond: 200 },
      sender: senderAt('mon-espace-sante.example'),
    }),
  },
};

/** The configuration of a stage, parsed; anything outside eu-west-3 or malformed throws. */
export function stageOf(name: string, change: Readonly<Record<string, unknown>> = {}): Stage {
  const known = StageName.safeParse(name);
  if (!known.success) {
    throw new Error(`No stage is called "${name}": it is one of ${StageName.options.join(', ')}.`);
  }
  return Stage.parse({ ...Object(stages[known.data]), ...change });
}
