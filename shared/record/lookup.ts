import * as z from 'zod';
import { childKey, itemAt, lookupKey } from './table.ts';

export const Lookup = z.object({
  holder: z.string(),
  rowTag: z.string(),
  /** A number that another has replaced: it still leads to its person, and no row changes him by it. */
  former: z.literal(true).optional(),
  /** Of a record that was merged into this person's: the holder that it had. */
  merged: z.string().optional(),
  /** A number that was told as this person's wrongly: it leads to nobody until a row names it again. */
  free: z.literal(true).optional(),
  /** Which lines of which file changed him last, that the same file may come again: fingerprints of all three. */
  by: z.object({ file: z.string(), import: z.string(), lines: z.array(z.string()) }).optional(),
});
export type Lookup = z.infer<typeof Lookup>;

/** The holder of a NIR's fingerprint, if the insurance body named the person. */
export async function findByNir(nirTag: string): Promise<Lookup | undefined> {
  const found = Lookup.optional().parse(await itemAt(lookupKey(nirTag)));
  return found?.free ? undefined : found;
}

/** The child that a guardian's NIR and a birth date name, by their one fingerprint; costs the same as a NIR. */
export async function findByGuardian(childTag: string): Promise<Lookup | undefined> {
  return Lookup.optional().parse(await itemAt(childKey(childTag)));
}
