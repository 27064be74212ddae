import * as z from 'zod';
import { statuses } from '../kernel/status.ts';
import { StoredGuardian } from './stored-guardian.ts';
import { itemAt, statusKey } from './table.ts';

/** How a record stands, as every room may see it; the enrolment room keeps more. */
export const Standing = z.object({
  holder: z.string(),
  status: z.enum(statuses),
  department: z.string(),
  wave: z.string().optional(),
  /** Fingerprint of the one account that is linked to the record. */
  linkTag: z.string().optional(),
  /** Of who is a minor, or was: whom the insurance body attaches him to, and when he is of age. */
  child: z
    .object({
      attachedTo: z.string(),
      adultOn: z.string(),
      /** Whose authority was taken. */
      barred: z.array(z.string()).optional(),
    })
    .optional(),
  /** Who acts in a child's record. */
  guardians: z.array(StoredGuardian).optional(),
  /** How often the record was deleted and begun anew; each time its contents have a key of their own. */
  life: z.int().optional(),
  /** That a DMP from before is kept for the record. */
  dmp: z.object({ since: z.string() }).optional(),
  /** From when on a closed record is deleted. */
  deleteFrom: z.string().optional(),
  /** From when on a suspended record is closed, unless its holder objects. */
  closeFrom: z.string().optional(),
});
export type Standing = z.infer<typeof Standing>;

/** How a record stands at this moment (consistent): a closure or a new link is seen by the next request. */
export async function loadStanding(holder: string): Promise<Standing | undefined> {
  return Standing.optional().parse(await itemAt(statusKey(holder)));
}
