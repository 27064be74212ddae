import * as z from 'zod';
import { closureMotives } from './rules/closure-motives.ts';

const instant = z.iso.datetime({ precision: 3 });

/** Of a minor: whom the insurance body attaches him to, and until when (MIN-1, MIN-5). */
export const ChildFacts = z.object({
  /** Fingerprint by which his guardian's NIR and his birth date find him. */
  tag: z.string(),
  /** Others, of former numbers of the same guardian: they lead to him as well. */
  otherTags: z.array(z.string()).optional(),
  /** Which of several who were born on one day; not there for who is the only one. */
  rank: z.int().optional(),
  /** The holder he is attached to: who gets his code. */
  attachedTo: z.string(),
  /** The day in Paris on which he comes of age. */
  adultOn: z.iso.date(),
  /** Days in Paris on which his guardians are told that this is near, the earliest first. */
  remindOn: z.array(z.iso.date()).optional(),
  /** Holders whose authority was taken: no code lets them in again (MIN-2). */
  barred: z.array(z.string()).optional(),
  /** Those of whom that was undone: the same order again is known by it. */
  restored: z.array(z.string()).optional(),
  /** Who acted in his record until he came of age: they are told of it once. */
  former: z.array(z.string()).optional(),
});
export type ChildFacts = z.infer<typeof ChildFacts>;

/** The last invitation of a second guardian (MIN-2). */
export const SecondGuardian = z.object({
  invitation: z.string(),
  /** Who is meant; an invented holder where nobody fits, which the inviting one cannot tell. */
  holder: z.string(),
  /** The guardian who invited; not there for who was invited before it was kept. */
  by: z.string().optional(),
  /** Until when it may be answered. */
  until: instant,
  state: z.enum(['waiting', 'accepted', 'refused', 'withdrawn']),
});
export type SecondGuardian = z.infer<typeof SecondGuardian>;

/** What one of a child's two guardians asked for last, and what came of it (MIN-2). */
export const ClosureWish = z.object({
  /** The journal line's id. */
  reference: z.string(),
  /** The guardian who asked. */
  by: z.string(),
  deletion: z.boolean(),
  motive: z.enum(closureMotives).optional(),
  /** From then on it is done, unless it was stopped. */
  until: instant,
  state: z.enum(['waiting', 'stopped', 'done']),
});
export type ClosureWish = z.infer<typeof ClosureWish>;
