import * as z from 'zod';
import { statuses } from '../kernel/status.ts';
import { Absorbed, PartedFrom } from './absorbed.ts';
import { mergedIntoOf, unlessMerged } from './signpost.ts';
import { StoredGuardian } from './stored-guardian.ts';
import { itemAt, statusKey } from './table.ts';

/** How a record stands, as every room may see it; the enrolment room keeps more. */
export const Standing = z.object({
  holder: z.string(),
  status: z.enum(statuses),
  department: z.string(),
  wave: z.string().optional(),
  /** Of who is written to: that the insurance body knows no address by mail, or that it gave one back. */
  informBy: z.enum(['mail', 'letter']).optional(),
  /** Fingerprint of the one account that is linked to the record. */
  linkTag: z.string().optional(),
  /** The conditions of use that were accepted at the activation, or since. */
  conditions: z.object({ version: z.string(), acceptedAt: z.string() }).optional(),
  /** Of who is a minor, or was: whom the insurance body attaches him to, and when he is of age. */
  child: z
    .object({
      attachedTo: z.string(),
      adultOn: z.string(),
      /** Whose authority was taken. */
      barred: z.array(z.string()).optional(),
      /** Who acted in his record until he came of age. */
      former: z.array(z.string()).optional(),
    })
    .optional(),
  /** Who acts in a child's record. */
  guardians: z.array(StoredGuardian).optional(),
  /** Of a child's record that is deleted, or is being: who acted in it until then. */
  certifiedTo: z.array(z.string()).optional(),
  /** Somebody with the child's code said that he is no legal representative (ENR-23). */
  blocked: z.literal(true).optional(),
  /** How often the record was deleted and begun anew; each time its contents have a key of their own. */
  life: z.int().optional(),
  /** That a DMP from before is kept for the record. */
  dmp: z.object({ since: z.string() }).optional(),
  /** Of who was informed: until when an objection is in time. */
  deadlineAt: z.string().optional(),
  /** Of who was informed, where his deadline does not run: his code is burnt, or what informed him came back. */
  frozen: z.literal(true).optional(),
  uninformed: z.string().optional(),
  /** That it was closed after a suspension, by decision or for want of an objection: its account does not open it again. */
  closedAfter: z
    .object({ suspendedAt: z.string(), by: z.enum(['decision', 'term']).optional() })
    .optional(),
  /** From when on a closed record is deleted. */
  deleteFrom: z.string().optional(),
  /** When it was told that this is near. */
  remindedAt: z.string().optional(),
  /** Of a deleted record whose trace is ending: when it is forgotten. */
  forgetFrom: z.string().optional(),
  /** Of a child's record: when it is closed as one of its guardians asked, unless the other stops it. */
  closing: z.object({ until: z.string(), deletion: z.boolean() }).optional(),
  /** What an agent took down: until when another one may confirm it by a call-back, and what came of it. */
  agentClosing: z
    .object({
      until: z.string(),
      deletion: z.boolean(),
      state: z.enum(['waiting', 'stopped', 'lapsed', 'done']),
    })
    .optional(),
  /** From when on a suspended record is closed, unless its holder objects. */
  closeFrom: z.string().optional(),
  /** That he has objected to it, and when. */
  objectedAt: z.string().optional(),
  /** Records that were merged into this one. */
  absorbed: z.array(Absorbed).optional(),
  /** That it was one of these itself, wrongly: the line that parted it. */
  partedFrom: PartedFrom.optional(),
});
export type Standing = z.infer<typeof Standing>;

/** How a record stands at this moment (consistent): a closure or a new link is seen by the next request. */
export async function loadStanding(holder: string): Promise<Standing | undefined> {
  return Standing.optional().parse(unlessMerged(await itemAt(statusKey(holder))));
}

/**
 * How the record stands that is a person's by now, whichever of his records is named (consistent): the step of a
 * signpost is followed, to a record that names this one (ENR-20). After a parting each leads to itself again.
 */
export async function followStanding(holder: string): Promise<Standing | undefined> {
  const item = await itemAt(statusKey(holder));
  const into = mergedIntoOf(item);
  if (into === undefined) return Standing.optional().parse(unlessMerged(item));
  const standing = await loadStanding(into);
  return standing && namesOf(standing).includes(holder) ? standing : undefined;
}

/**
 * By which names the journal, children and documents may know the person of a record: its own, and those of the
 * records that were merged into it (ENR-20).
 */
export const namesOf = ({
  holder,
  absorbed = [],
}: Pick<Standing, 'holder' | 'absorbed'>): string[] => [
  holder,
  ...absorbed.map((one) => one.holder),
];
