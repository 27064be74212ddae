import * as z from 'zod';

const count = z.int();

const status = z.strictObject({
  known: count,
  invited: count,
  opposed: count,
  open: count,
  activated: count,
  closed: count,
  'deletion-requested': count,
});

const acts = z.strictObject({
  imported: count,
  updated: count,
  invited: count,
  deferred: count,
  opposed: count,
  opened: count,
  reversed: count,
  frozen: count,
  bounced: count,
  renewed: count,
  activated: count,
  relinked: count,
  closed: count,
  deletionRequested: count,
  reopened: count,
});

/** How many records stand in each state now, and how often each act was done. */
export const Counts = z.strictObject({ department: z.string(), status, acts });
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

export const GroupsQuery = z.strictObject({ by: z.enum(['cohort', 'channel']) });

/** How many records stand in each state now, by decade of birth or by channel of information. */
export const GroupStatistics = z.strictObject({
  by: z.enum(['cohort', 'channel']),
  groups: z.array(z.strictObject({ name: z.string(), status })),
  asOf: z.iso.datetime({ precision: 3 }).optional(),
});

export const DaysQuery = z.strictObject({
  /** First and last day, in Paris; thirty days unless said, a year at most. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  department: z
    .string()
    .regex(/^[0-9AB]{2,3}$/)
    .optional(),
});

/** What was done on each day on which anything was. */
export const DayStatistics = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  days: z.array(z.strictObject({ day: z.iso.date(), acts })),
});
