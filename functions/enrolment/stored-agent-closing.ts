import * as z from 'zod';
import { closureMotives } from './rules/closure-motives.ts';

const instant = z.iso.datetime({ precision: 3 });
const channel = z.enum(['phone', 'post', 'desk']);

/** What somebody asked an agent for last: to close his record, or to have it deleted; and what came of it (ENR-42, ENR-43). */
export const AgentClosing = z.object({
  /** The journal line's id. */
  reference: z.string(),
  /** Keyed fingerprint of the agent who took it down. */
  by: z.string(),
  channel,
  /** When the person asked: the end of a day, where only that is known. */
  madeAt: instant,
  checks: z.array(z.string()),
  /** The agent's own name of the letter or call. */
  evidence: z.string().optional(),
  deletion: z.boolean(),
  motive: z.enum(closureMotives).optional(),
  /** From then on nobody can confirm it any more. */
  until: instant,
  /** `lapsed`: nobody reached him within the term. */
  state: z.enum(['waiting', 'stopped', 'lapsed', 'done']),
  /** The other agent who reached him, and how. */
  confirmed: z
    .object({ by: z.string(), channel, checks: z.array(z.string()), at: instant })
    .optional(),
});
export type AgentClosing = z.infer<typeof AgentClosing>;
