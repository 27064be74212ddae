import * as z from 'zod';
import { word } from '../word.ts';

export const Actor = z.strictObject({
  kind: z.enum([
    'holder',
    'guardian',
    'carer',
    'professional',
    'establishment',
    'agent',
    'app',
    'system',
    'anonymous',
  ]),
  /** Opaque: a pseudonym, a directory id, or the job's name. */
  id: word,
  name: word.optional(),
  role: word.optional(),
  structure: word.optional(),
});
export type Actor = z.infer<typeof Actor>;

/** What the act was done to. Ids and coarse facts only: nothing medical, no identity. */
export const JournalObject = z.strictObject({
  kind: z.enum(['record', 'code', 'wave', 'letters', 'document']),
  id: word.optional(),
  from: word.optional(),
  to: word.optional(),
  department: z.string().max(3).optional(),
  wave: word.optional(),
  /** Decade of birth, as its first year. */
  cohort: word.optional(),
  /** How the person is informed. */
  informBy: z.enum(['mail', 'letter']).optional(),
  /** Where the act changed these: what they were. */
  was: z.strictObject({ cohort: word.optional(), informBy: word.optional() }).optional(),
  /** How many things of a kind the act concerned. */
  counts: z.record(z.string().regex(/^[a-z-]{1,40}$/), z.int().min(0)).optional(),
});
export type JournalObject = z.infer<typeof JournalObject>;

/**
 * Journal line, version 1 (design: the journal is the heart). Chained per (holder, lane): `seq` has no
 * gaps, `prev` is the hash of the line before. Lane 0 carries changes of status and rights.
 */
export const JournalLine = z.strictObject({
  v: z.literal(1),
  /** Unique id of the act (also the idempotency reference). */
  id: word,
  /** Opaque id of the subject: a holder, or `wave:<id>`, `letters:<id>` for acts on a campaign. */
  holder: word,
  lane: z.int().min(0).max(63),
  seq: z.int().min(1),
  prev: z.string().length(43),
  /** UTC instant of the act: when the request was received, or when the job acted. */
  at: z.iso.datetime({ precision: 3 }),
  actor: Actor,
  onBehalfOf: word.optional(),
  mode: z.enum(['normal', 'secret', 'break-glass', 'regulation', 'assisted']).optional(),
  purpose: word.optional(),
  channel: z.enum(['web', 'phone', 'desk', 'mail', 'sms', 'post', 'file', 'clock', 'api']),
  place: word.optional(),
  /** `room/verb-noun`, the operation's name. */
  action: z.string().regex(/^[a-z-]+\/[a-z-]+$/),
  object: JournalObject,
  outcome: z.enum(['done', 'refused']),
  /** Why refused: the refusal's code. Told to agents, not to strangers. */
  reason: word.optional(),
  policy: word,
  /** Who may be shown the line. */
  visible: z.enum(['holder', 'guardian', 'minor-secret', 'operator']),
});
export type JournalLine = z.infer<typeof JournalLine>;
