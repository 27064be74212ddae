import * as z from 'zod';

/** As a status keeps a record that was merged into it. */
export const Absorbed = z.object({
  holder: z.string(),
  /** Id of the line in the other record's journal. */
  reference: z.string(),
  at: z.iso.datetime({ precision: 3 }),
  /**
   * Keyed fingerprints of the numbers that it had, first the one by which it was taken in: they lead to this record now,
   * and go with its trace.
   */
  numbers: z.array(z.string()).min(1),
  /** How often that one was deleted before. */
  life: z.int().optional(),
});
export type Absorbed = z.infer<typeof Absorbed>;

/** As a status keeps that its record was merged wrongly and is one of its own again. */
export const PartedFrom = z.object({
  /** The record into which it was merged. */
  holder: z.string(),
  /** Id of the line that parted them. */
  reference: z.string(),
  mergedAt: z.iso.datetime({ precision: 3 }),
  /** Whose account the one record had: that of the record that had taken this one in, this one's, or one after the other. */
  account: z.enum(['into', 'from', 'both']),
  at: z.iso.datetime({ precision: 3 }),
});
export type PartedFrom = z.infer<typeof PartedFrom>;
