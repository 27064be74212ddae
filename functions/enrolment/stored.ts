import * as z from 'zod';
import { Absorbed, PartedFrom } from '#shared/record/absorbed.ts';
import { closureMotives } from './rules/closure-motives.ts';
import { deathProofs, suspensionMotives } from './rules/stop-motives.ts';
import { activation, neverActivated } from './stored-activation.ts';
import { AgentClosing } from './stored-agent-closing.ts';
import { ChildFacts } from './stored-child.ts';

const instant = z.iso.datetime({ precision: 3 });

/** What every status carries. The tags are keyed fingerprints, bound to the holder. */
const common = {
  holder: z.string(),
  version: z.int(),
  /** End of the holder's lane 0 in the journal. */
  headSeq: z.int(),
  headHash: z.string(),
  department: z.string(),
  wave: z.string().optional(),
  informBy: z.enum(['mail', 'letter']),
  /** Of who is told of him a mobile number is known: where no mail is taken, a text message reminds him. */
  byText: z.literal(true).optional(),
  /** Decade of birth; not there for who was imported before it was kept. */
  cohort: z.string().optional(),
  cardTag: z.string(),
  birthTag: z.string(),
  child: ChildFacts.optional(),
  /** Somebody with his code said that he is no legal representative: nothing opens by itself (ENR-23). */
  blocked: z.literal(true).optional(),
  /** When his majority was recorded; from then on nothing of his record is his guardians'. */
  cameOfAgeAt: instant.optional(),
  /** The day on which his majority was announced last. */
  majorityToldOn: z.iso.date().optional(),
  /** A DMP from before is kept for the record (R1111-40). */
  dmp: z
    .object({
      since: instant,
      /** Of who objected: from when on it is erased, ten years after it was archived (L1111-18). */
      deleteFrom: instant.optional(),
    })
    .optional(),
  /** The last letter that was made for him: in print until the day of its posting is told. */
  letter: z
    .object({ batch: z.string(), reference: z.string(), postedOn: z.string().optional() })
    .optional(),
  /** How often the record was deleted before; not there for the first life. */
  life: z.int().min(1).optional(),
  /** Since when he is not insured any more: he is not informed while this stands. */
  leftAt: instant.optional(),
  /** That a death was told of him wrongly: the same correction again is known by it. */
  deathTakenBack: z.object({ reference: z.string(), at: instant }).optional(),
  /** Records that were merged into this one (ENR-20). */
  absorbed: z.array(Absorbed).optional(),
  /** Fingerprints of numbers that were his before, or were told as his wrongly: they may still lead here. */
  otherNumbers: z.array(z.string()).optional(),
  /** That it was merged into another wrongly, and is one of its own again. */
  partedFrom: PartedFrom.optional(),
};

/** What a status says of who the person is and where his journal ends, whatever state it is in. */
export const commonFields: ReadonlySet<string> = new Set(Object.keys(common));

export const Known = z.object({ ...common, status: z.literal('known') });

export const Invited = z.object({
  ...common,
  status: z.literal('invited'),
  informedAt: instant,
  deadlineAt: instant,
  /** The letter that informed him, by its reference; not there for whom a mail did. */
  informedBy: z.string().optional(),
  /** The code was burnt: the opening waits for a new one. */
  frozen: z.literal(true).optional(),
  /** What informed him came back: the opening waits for the next information, which has its own deadline. */
  uninformed: z
    // `readdressed`: his letter was returned, and the insurance body has told other facts of him since.
    // `left`: not insured any more when his deadline ran; back among the insured he is `readdressed`, too.
    .enum(['bounced', 'returned', 'readdressed', 'left'])
    .optional(),
  /** Of which deadline he was reminded last, and how many days before its end. */
  reminded: z.object({ of: instant, days: z.int() }).optional(),
});

/** What decided an objection: the proof that its maker is given. */
export const DecidedBy = z.object({
  /** The journal line's id: the reference given to the person. */
  reference: z.string(),
  receivedAt: instant,
  /** By which way it came: with a code on the web, or through an agent. */
  channel: z.enum(['web', 'phone', 'post', 'desk']).default('web'),
  /** When the person made it, where that was before it was received. */
  madeAt: instant.optional(),
  /** The agent's own name of the letter or call. */
  evidence: z.string().optional(),
  /** What the agent checked. */
  checks: z.array(z.string()).optional(),
  /** Of a child: that who objected certified being its legal representative (ENR-23). */
  certified: z.literal(true).optional(),
  /** It is about a child, and was brought by an agent. */
  child: z.literal(true).optional(),
  /** Fingerprint of the Idempotency-Key, if one was given. */
  key: z.string().optional(),
});
export type DecidedBy = z.infer<typeof DecidedBy>;

export const Opposed = z.object({
  ...common,
  status: z.literal('opposed'),
  /** Not there for who objected before he was informed. */
  informedAt: instant.optional(),
  deadlineAt: instant.optional(),
  decidedBy: DecidedBy,
  /** Of an opening that was reversed: what had come into the record meanwhile is archived until then (L1111-18). */
  keptUntil: instant.optional(),
});

export type Opposed = z.infer<typeof Opposed>;

export const Open = z.object({
  ...common,
  status: z.literal('open'),
  informedAt: instant,
  deadlineAt: instant,
  openedAt: instant,
  agentClosing: AgentClosing.optional(),
});
export type Open = z.infer<typeof Open>;

export const Activated = z.object({
  ...common,
  ...activation,
  status: z.literal('activated'),
  /** Of a record that was closed and is no more: the same wish again is known by it. */
  reopenedAt: instant.optional(),
  /** Of a suspension that was taken back. */
  resumedAt: instant.optional(),
});
export type Activated = z.infer<typeof Activated>;

/** Nobody gets in; all that an activation left is kept for the resumption (ENR-45). */
export const Suspended = z.object({
  ...common,
  ...activation,
  status: z.literal('suspended'),
  suspendedAt: instant,
  suspension: z.object({ reference: z.string(), motive: z.enum(suspensionMotives) }),
  /** From when on it is closed unless its holder has objected: after the last day of his term. */
  closeFrom: instant,
  /** He objected: it waits for a decision, however long. */
  objectedAt: instant.optional(),
});
export type Suspended = z.infer<typeof Suspended>;

const closure = {
  closedAt: instant,
  motive: z.enum(closureMotives).optional(),
  /** Of a record that was closed after a suspension: by decision, or for want of an objection. */
  closedAfter: z.object({ suspendedAt: instant, by: z.enum(['decision', 'term']) }).optional(),
  /** From when on it is deleted: a while after that was asked for, else after the years that it is kept. */
  deleteFrom: instant,
  /** When the holder is told that this is near, and when he was. */
  remindFrom: instant,
  remindedAt: instant.optional(),
  /** Or when it was seen that there is nobody who could be told. */
  unreachedAt: instant.optional(),
};

export const Closed = z.object({
  ...common,
  ...neverActivated,
  ...closure,
  status: z.literal('closed'),
});
export type Closed = z.infer<typeof Closed>;

export const DeletionRequested = z.object({
  ...common,
  ...neverActivated,
  ...closure,
  status: z.literal('deletion-requested'),
  deletionRequestedAt: instant,
});
export type DeletionRequested = z.infer<typeof DeletionRequested>;

/** Every state in which a death may find a record. */
const Living = z.discriminatedUnion('status', [
  Known,
  Invited,
  Opposed,
  Open,
  Activated,
  Suspended,
  Closed,
  DeletionRequested,
]);
export type Living = z.infer<typeof Living>;

/** Nothing of his account stands outside `before`: so he, or who has it, is cut off by the status alone. */
export const Deceased = z.object({
  ...common,
  status: z.literal('deceased'),
  /** Civil day. */
  diedOn: z.string(),
  death: z.object({ reference: z.string(), recordedAt: instant, proof: z.enum(deathProofs) }),
  /** How the record stood: where a death that was told wrongly is taken back to. */
  before: Living,
  /** From when on it ends as a closed one does: after the years that it is kept. */
  deleteFrom: instant,
});
export type Deceased = z.infer<typeof Deceased>;

/** What a deletion keeps of a record's dates, for the trace (ENR-47). */
const trace = {
  informedAt: instant.optional(),
  deadlineAt: instant.optional(),
  openedAt: instant.optional(),
  /** Of somebody who died there may be none of these: his record may never have been his own. */
  activatedAt: instant.optional(),
  closedAt: instant.optional(),
  /** The account that may fetch the certificate; of a minor's record, its guardians. */
  linkTag: z.string().optional(),
  certifiedTo: z.array(z.string()).optional(),
  /** Of whom a death is known nobody begins the record anew. */
  diedOn: z.string().optional(),
  deletionRequestedAt: instant.optional(),
  begunAt: instant,
  /** The line of lane 0 that began it. */
  begunSeq: z.int(),
};

/** Its contents are being erased; it can be neither reopened nor activated (ENR-44). */
export const Deleting = z.object({
  ...common,
  ...trace,
  status: z.literal('deleting'),
  /** When it is looked at next: warm caches have let go of the key by then. */
  finishFrom: instant,
});
export type Deleting = z.infer<typeof Deleting>;

export const Deleted = z.object({
  ...common,
  ...trace,
  status: z.literal('deleted'),
  life: z.int().min(1),
  deletedAt: instant,
  /** Keyed fingerprint of the NIR: the person is known again, and not taken for a new one. */
  nirTag: z.string(),
  /** The holder is not told of it yet: his identity is kept for that one mail or letter. */
  untold: z.literal(true).optional(),
  /** A file has named the person since: his identity is back, and he may begin the record anew. */
  namedAgain: z.literal(true).optional(),
  /** The last news goes by letter: until then his identity is kept for that sheet. */
  lastLetterUntil: instant.optional(),
  /** From when on no trace is kept (ENR-47). */
  traceUntil: instant.optional(),
  /** The trace is ending; when it is looked at whether the journal has let go of its lines. */
  forgetFrom: instant.optional(),
});
export type Deleted = z.infer<typeof Deleted>;

/** A person's status as stored. */
export const Status = z.discriminatedUnion('status', [
  Known,
  Invited,
  Opposed,
  Open,
  Activated,
  Suspended,
  Closed,
  DeletionRequested,
  Deleting,
  Deleted,
  Deceased,
]);
export type Status = z.infer<typeof Status>;
export type Invited = z.infer<typeof Invited>;
