import * as z from 'zod';
import { StoredGuardian } from '#shared/record/stored-guardian.ts';
import { AgentClosing } from './stored-agent-closing.ts';
import { ClosureWish, SecondGuardian } from './stored-child.ts';

const instant = z.iso.datetime({ precision: 3 });

/** The two first questions (rules of the first sign-in): what a holder decided about what others see. */
export const Choices = z.object({
  /** Whether what is deposited is shown to professionals unless he says otherwise. */
  visibility: z.enum(['visible', 'masked']),
  /** Whether he may be helped without being asked: by anyone at his side, by the emergency call centre. */
  emergency: z.object({
    breakGlass: z.enum(['permit', 'refuse']),
    regulation: z.enum(['permit', 'refuse']),
  }),
});
export type Choices = z.infer<typeof Choices>;

/** What an activation leaves, and a closure keeps: a reopening finds it as it was. */
export const activation = {
  informedAt: instant.optional(),
  deadlineAt: instant.optional(),
  openedAt: instant.optional(),
  activatedAt: instant,
  /** Fingerprint of the one account that counts: another one is cut off by this alone. */
  linkTag: z.string(),
  conditions: z.object({ version: z.string(), acceptedAt: instant }),
  choices: Choices,
  /** Of a child's record, which no account is linked to: who acts in it. */
  guardians: z.array(StoredGuardian).optional(),
  second: SecondGuardian.optional(),
  closing: ClosureWish.optional(),
  agentClosing: AgentClosing.optional(),
};

/** Of a record that an agent closed before it was ever activated there is none of it. */
export const neverActivated = {
  ...activation,
  activatedAt: activation.activatedAt.optional(),
  linkTag: activation.linkTag.optional(),
  conditions: activation.conditions.optional(),
  choices: activation.choices.optional(),
};
