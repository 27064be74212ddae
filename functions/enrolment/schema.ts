import * as z from 'zod';
import { day } from '#shared/http/day.ts';
import { isRealDay } from '#shared/kernel/calendar.ts';
import { departments } from '#shared/kernel/departments.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { closureMotives } from './rules/closure-motives.ts';
import { cardSerial, code, email, nir, someOf } from './schema-fields.ts';
import { Certified, rank } from './schema-public.ts';

const instant = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);

export const oppositionChannels = ['phone', 'post', 'desk'] as const;
export type OppositionChannel = (typeof oppositionChannels)[number];

const oppositionChecks = [
  'name',
  'birth-date',
  'address',
  'identity-paper',
  'call-back',
  'signature',
] as const;
export type OppositionCheck = (typeof oppositionChecks)[number];

export const AgentOppositionRequest = z.strictObject({
  nir,
  cardSerial: cardSerial.optional(),
  /** Of a child, whom its guardian's NIR names, the child's. */
  birthDate: day,
  rank,
  /** How it reached the agent. */
  channel: z.enum(oppositionChannels),
  /** When the person made it: the day of the letter or call, or its instant. */
  madeOn: z
    .string()
    .max(30)
    .superRefine((text, issue) => {
      if (!isRealDay(text) && !z.iso.datetime({ offset: true }).safeParse(text).success)
        issue.addIssue({ code: 'custom', params: { reason: 'no-such-day' } });
    }),
  /** What the agent checked before he took it. */
  checks: someOf(oppositionChecks),
  /** The agent's own name of the letter or call: no name, no number of a person. */
  reference: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/)
    .superRefine((text, issue) => {
      if (parseNir(text).ok) issue.addIssue({ code: 'custom', params: { reason: 'nir' } });
    })
    .optional(),
});
export type AgentOppositionRequest = z.infer<typeof AgentOppositionRequest>;

export const ActivationRequest = z.strictObject({
  nir,
  cardSerial,
  code,
  /** Version of the conditions that the person has read and accepts. */
  conditions: z.string().min(1).max(40),
  /** Where six digits are sent, to confirm it. */
  email,
  /** The two first questions. Where an activated record goes to another account, the answers given before stay. */
  choices: z.strictObject({
    visibility: z.enum(['visible', 'masked']),
    emergency: z.strictObject({
      breakGlass: z.enum(['permit', 'refuse']),
      regulation: z.enum(['permit', 'refuse']),
    }),
  }),
});
export type ActivationRequest = z.infer<typeof ActivationRequest>;

export const ChildActivationRequest = z.strictObject({
  /** The guardian's own NIR, to whom the insurance body attaches the child. */
  nir,
  /** The card on which the child stands. */
  cardSerial,
  code,
  child: Certified,
  conditions: ActivationRequest.shape.conditions,
  choices: ActivationRequest.shape.choices,
});
export type ChildActivationRequest = z.infer<typeof ChildActivationRequest>;

/** An activation that waits for the six digits; the same for the one who asks again. */
export const Begun = z.strictObject({
  activation: z.string(),
  /** The address, masked. */
  sentTo: z.string(),
  /** Until when the digits are taken. */
  otpUntil: instant,
  resendAfter: instant,
});
export type Begun = z.infer<typeof Begun>;

export const ActivationName = z.strictObject({
  activation: z.string().regex(/^[a-z0-9]{26}$/),
});
export const Confirmation = z.strictObject({ otp: z.string().regex(/^\d{6}$/) });

export const ActivatedRecord = z.strictObject({
  status: z.literal('activated'),
  holder: z.string(),
  activatedAt: instant,
  conditions: z.strictObject({ version: z.string(), acceptedAt: instant }),
});
export type ActivatedRecord = z.infer<typeof ActivatedRecord>;

/** The version that the person has read and accepts. */
export const AcceptedConditions = z.strictObject({ version: z.string().min(1).max(40) });

export const ClosureRequest = z.strictObject({
  /** Said on purpose: nobody closes a record by an empty request. */
  confirm: z.literal(true),
  /** Whether all that it holds is to be deleted, too; until that has begun, a reopening takes it back. */
  deletion: z.boolean(),
  motive: z.enum(closureMotives).optional(),
});
export type ClosureRequest = z.infer<typeof ClosureRequest>;

export const ClosedRecord = z.strictObject({
  status: z.enum(['closed', 'deletion-requested']),
  holder: z.string(),
  closedAt: instant,
  deletionRequestedAt: instant.optional(),
  /** Until then a reopening takes the wish to delete back. */
  deleteFrom: instant.optional(),
});
export type ClosedRecord = z.infer<typeof ClosedRecord>;

/** Of a child's record with two guardians: it is done after a term, unless the other one stops it. */
export const ClosureWaits = z.strictObject({
  status: z.literal('waiting'),
  wish: z.string(),
  /** From then on it is done. */
  until: instant,
  deletion: z.boolean(),
});

export const ReopenedRecord = z.strictObject({
  status: z.literal('activated'),
  holder: z.string(),
  activatedAt: instant,
  reopenedAt: instant,
});
export type ReopenedRecord = z.infer<typeof ReopenedRecord>;

const waveName = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);
export const WaveName = z.strictObject({ wave: waveName });

export const Department = z.enum(departments);

const departmentsOnce = someOf(departments);

export const WavePlan = z.strictObject({
  /** Civil day in Paris on which the invitations leave. */
  sendOn: day,
  departments: departmentsOnce,
});
export type WavePlan = z.infer<typeof WavePlan>;

/** A person at a time up to what a whole account may send. */
const mailsPerSecond = z.number().min(0.1).max(1000);
/** `null` takes the limit away again. */
export const WavePace = z.strictObject({ mailsPerSecond: mailsPerSecond.nullable() });

export const WavePreviewQuery = z.strictObject({
  department: z.union([Department, departmentsOnce]),
});
export const WavePreview = z.strictObject({
  departments: z.array(
    z.strictObject({
      department: z.string(),
      /** Who would be informed by mail, and who left to a letter. */
      mail: count,
      letter: count,
      /** Who waits for a letter that he asked for: it is printed whatever becomes of the waves. */
      wished: count,
      /** There are more: the count was ended to answer in time. */
      more: z.literal(true).optional(),
    }),
  ),
  total: z.strictObject({
    ...{ mail: count, letter: count, wished: count },
    more: z.literal(true).optional(),
  }),
});
export type WavePreview = z.infer<typeof WavePreview>;

export const Wave = z.strictObject({
  wave: waveName,
  sendOn: z.string(),
  departments: z.array(z.string()),
  state: z.enum(['planned', 'sending', 'paused', 'stopped', 'sent']),
  plannedAt: instant,
  begunAt: instant.optional(),
  pausedAt: instant.optional(),
  stoppedAt: instant.optional(),
  completedAt: instant.optional(),
  /** Most mails a second, where it is to be slower than the stage allows. */
  mailsPerSecond: mailsPerSecond.optional(),
  /** Only when one wave is read. */
  progress: z
    .array(
      z.strictObject({ department: z.string(), invited: count, deferred: count, written: count }),
    )
    .optional(),
  /** Only when one wave is read: a département's people are sent in four parts. */
  parts: z.strictObject({ all: count, done: count, inHand: count }).optional(),
});
export type Wave = z.infer<typeof Wave>;

export const Page = z.strictObject({
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
});
export const Waves = z.strictObject({ waves: z.array(Wave), next: z.string().optional() });

const importId = z.string().regex(/^[a-z0-9]{26}$/);
export const ImportName = z.strictObject({ import: importId });

export const Import = z.strictObject({
  import: importId,
  /** Key of the file in the intake bucket. */
  file: z.string(),
  state: z.enum(['running', 'done', 'refused']),
  /** Why the whole file was refused: `empty-file`, `bad-header`, `file-gone`. */
  reason: z.string().optional(),
  startedAt: instant,
  completedAt: instant.optional(),
  sizeBytes: count,
  readBytes: count,
  lines: count,
  imported: count,
  updated: count,
  unchanged: count,
  errors: count,
  errorsByCode: z.record(z.string(), count),
  /** Key of the result in the intake bucket, once the file is done. */
  result: z.string().optional(),
});
export type Import = z.infer<typeof Import>;
export const Imports = z.strictObject({ imports: z.array(Import), next: z.string().optional() });
