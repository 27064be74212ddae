import * as z from 'zod';

const count = z.int();

/** How many records stand in each state now, and how often each act was done. */
export const Counts = z.strictObject({
  department: z.string(),
  status: z.strictObject({
    known: count,
    invited: count,
    opposed: count,
    open: count,
    activated: count,
    closed: count,
    'deletion-requested': count,
    deleting: count,
    deleted: count,
    suspended: count,
    deceased: count,
  }),
  acts: z.strictObject({
    imported: count,
    updated: count,
    invited: count,
    deferred: count,
    opposed: count,
    opened: count,
    reversed: count,
    frozen: count,
    bounced: count,
    written: count,
    returned: count,
    renewed: count,
    activated: count,
    relinked: count,
    closed: count,
    deletionRequested: count,
    deletionBegun: count,
    deleted: count,
    reopened: count,
    suspended: count,
    resumed: count,
    deathRecorded: count,
    deathCorrected: count,
  }),
});
export type Counts = z.infer<typeof Counts>;

export const EnrolmentStatistics = z.strictObject({
  waves: z.array(
    z.strictObject({
      /** `none` gathers the people of no wave yet. */
      wave: z.string(),
      departments: z.array(Counts),
    }),
  ),
  /** Instant of the latest journal line counted. */
  asOf: z.iso.datetime({ precision: 3 }).optional(),
});
export type EnrolmentStatistics = z.infer<typeof EnrolmentStatistics>;

export const EnrolmentStatisticsQuery = z.strictObject({
  wave: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,39}$/)
    .optional(),
});
