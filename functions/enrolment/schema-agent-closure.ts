import * as z from 'zod';
import {
  AgentOppositionRequest,
  ClosureRequest,
  Department,
  oppositionChannels,
  Page,
} from './schema.ts';
import { someOf } from './schema-fields.ts';

const instant = z.iso.datetime({ precision: 3 });
const { nir, birthDate, rank, channel, madeOn, reference } = AgentOppositionRequest.shape;

export type ClosureChannel = (typeof oppositionChannels)[number];

const checksNamed = [
  'name',
  'birth-date',
  'address',
  'identity-paper',
  'holder-present',
  'signature',
  /** The number called, or the address written to, is the one that the insurance body knows. */
  'known-number',
  'known-address',
] as const;
export type ClosureCheck = (typeof checksNamed)[number];

const checks = someOf(checksNamed);

/** A wish to close a record, or to have it deleted, as it reached an agent. */
export const AgentClosureRequest = z.strictObject({
  ...{ nir, birthDate, rank, channel, madeOn, checks, reference },
  deletion: ClosureRequest.shape.deletion,
  motive: ClosureRequest.shape.motive,
});
export type AgentClosureRequest = z.infer<typeof AgentClosureRequest>;

/** What the person said when another agent called him back. */
export const ClosureCallBack = z
  .strictObject({
    ...{ nir, birthDate, rank },
    /** As the first agent was answered. Who calls to have it stopped need not know it: whatever waits is off. */
    wish: z
      .string()
      .regex(/^[a-z0-9]{26}$/)
      .optional(),
    /** What the person was asked about now: what he agrees to must be what was taken down. */
    deletion: ClosureRequest.shape.deletion,
    /** How he was reached. */
    channel: z.enum(oppositionChannels),
    checks,
    /** Whether he wants it; otherwise it is off. */
    agrees: z.boolean(),
  })
  .superRefine(({ agrees, wish }, issue) => {
    if (agrees && wish === undefined)
      issue.addIssue({ code: 'custom', path: ['wish'], params: { reason: 'missing' } });
  });
export type ClosureCallBack = z.infer<typeof ClosureCallBack>;

export const AgentClosure = z.strictObject({
  status: z.enum(['waiting', 'closed', 'deletion-requested', 'stopped']),
  wish: z.string(),
  deletion: z.boolean(),
  /** Of one that waits: until when another agent may confirm it; then it is off by itself. */
  until: instant.optional(),
  closedAt: instant.optional(),
  /** Until then the wish to delete can be taken back. */
  deleteFrom: instant.optional(),
});
export type AgentClosure = z.infer<typeof AgentClosure>;

/** Said on purpose by the holder himself. */
export const StopAgentClosure = z.strictObject({ confirm: z.literal(true) });
export const AgentClosureStopped = z.strictObject({ state: z.literal('stopped') });

export const AgentClosuresQuery = z.strictObject({
  ...Page.shape,
  department: Department.optional(),
});

/** A wish that waits for a call-back. Whose it is the centre's own file of calls and letters tells, by `reference`. */
export const WaitingClosure = z.strictObject({
  wish: z.string(),
  department: z.string(),
  /** By which way it came. */
  channel: z.enum(oppositionChannels),
  madeAt: instant,
  /** Until when it may be confirmed. */
  until: instant,
  deletion: z.boolean(),
  /** The first agent's own name of the letter or call, where one was given. */
  reference: z.string().optional(),
  /** The caller took it down himself: another agent has to call back. */
  own: z.boolean(),
});
export type WaitingClosure = z.infer<typeof WaitingClosure>;
export const WaitingClosures = z.strictObject({
  /** Soonest term first. */
  closures: z.array(WaitingClosure),
  next: z.string().optional(),
});
