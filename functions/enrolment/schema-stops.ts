import * as z from 'zod';
import { statuses } from '#shared/kernel/status.ts';
import { deathProofs, suspensionMotives } from './rules/stop-motives.ts';
import { AgentOppositionRequest } from './schema.ts';

const instant = z.iso.datetime({ precision: 3 });
/** Of a child whose guardian's NIR names it, the rank as well where others were born on the same day. */
const { nir, birthDate, rank } = AgentOppositionRequest.shape;

/** A death as an agent tells it, with the paper that he saw. */
export const DeathReport = z.strictObject({
  ...{ nir, birthDate, rank },
  /** Civil day. */
  diedOn: birthDate,
  proof: z.enum(deathProofs).exclude(['insurer']),
});
export type DeathReport = z.infer<typeof DeathReport>;
export const DeathRecorded = z.strictObject({ status: z.literal('deceased'), diedOn: z.string() });
export type DeathRecorded = z.infer<typeof DeathRecorded>;

export const DeathCorrection = z.strictObject({
  ...{ nir, birthDate, rank },
  /** Said on purpose: nobody takes a death back by a slip. */
  confirm: z.literal(true),
});
export const DeathCorrected = z.strictObject({
  /** How the record stands from now on. */
  status: z.enum(statuses),
  correctedAt: instant,
});
export type DeathCorrected = z.infer<typeof DeathCorrected>;

export const SuspensionOrder = z.strictObject({
  ...{ nir, birthDate, rank },
  motive: z.enum(suspensionMotives),
});
export type SuspensionOrder = z.infer<typeof SuspensionOrder>;

/** A suspension as supervisors and its holder are told of it. */
export const SuspendedRecord = z.strictObject({
  status: z.literal('suspended'),
  reference: z.string(),
  motive: z.enum(suspensionMotives),
  suspendedAt: instant,
  /** From when on it is closed, unless the holder has objected before. */
  closeFrom: instant,
  /** Since when a decision is asked for. */
  objectedAt: instant.optional(),
});
export type SuspendedRecord = z.infer<typeof SuspendedRecord>;

/** A suspension to which its holder objected, as who is to decide is told of it: nobody is named. */
export const ContestedSuspension = SuspendedRecord.omit({ status: true, closeFrom: true }).extend({
  objectedAt: instant,
  department: z.string(),
});
export type ContestedSuspension = z.infer<typeof ContestedSuspension>;
export const ContestedSuspensions = z.strictObject({
  suspensions: z.array(ContestedSuspension),
  next: z.string().optional(),
});

const decision = z.enum(['resume', 'close']);
/** Of a person who is named, or of the suspension to which a holder objected, by its reference in the list. */
export const SuspensionDecision = z.union([
  z.strictObject({ ...{ nir, birthDate, rank }, decision }),
  z.strictObject({ reference: z.string().regex(/^[a-z0-9]{26}$/), decision }),
]);
export type SuspensionDecision = z.infer<typeof SuspensionDecision>;
export const SuspensionDecided = z.strictObject({
  status: z.enum(['activated', 'closed']),
  decidedAt: instant,
});
export type SuspensionDecided = z.infer<typeof SuspensionDecided>;

/** Said on purpose, like a closure. */
export const SuspensionObjection = z.strictObject({ confirm: z.literal(true) });
