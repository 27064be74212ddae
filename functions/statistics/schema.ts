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
  deleting: count,
  deleted: count,
  suspended: count,
  deceased: count,
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
  traceEnded: count,
  merged: count,
  parted: count,
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

/** An edition: its name is the first day of its period. */
export const Edition = z.object({
  edition: z.iso.date(),
  publishedAt: z.iso.datetime({ precision: 3 }),
  /** Instant of the latest journal line that it counts. */
  asOf: z.iso.datetime({ precision: 3 }),
});
export type Edition = z.infer<typeof Edition>;

const situation = z.enum(['not-informed', 'waiting', 'opposed', 'open', 'activated', 'closed']);

/** The situation at the end of a period of days; a situation that is not named is hidden. */
export const Period = z.object({
  first: z.iso.date(),
  last: z.iso.date(),
  total: count,
  counts: z.partialRecord(situation, count),
});

/** A number of people: of this edition, of a former one (`asOf` names it), or hidden. */
const PublishedCell = z.strictObject({
  situation: situation.optional(),
  department: z.string().optional(),
  wave: z.string().optional(),
  /** First year of the decade of birth. */
  cohort: z.string().optional(),
  /** By which channel these people are informed. */
  channel: z.string().optional(),
  count: count.nullable(),
  asOf: z.iso.date().nullable(),
});
export type PublishedCell = z.infer<typeof PublishedCell>;

export const PublishedStatistics = z.strictObject({
  ...Edition.shape,
  /** In French: what is hidden, and why. */
  explanation: z.array(z.string()),
  cells: z.array(PublishedCell),
  days: z.array(z.strictObject(Period.shape)),
});

const edition = z.iso.date().optional();
/** The latest edition unless one is named. */
export const PublishedQuery = z.strictObject({ edition });
export const PublishedTableQuery = z.strictObject({
  edition,
  table: z.enum(['situations', 'days']).default('situations'),
});

export const EditionsQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});
export const Editions = z.strictObject({
  editions: z.array(z.strictObject(Edition.shape)),
  next: z.string().optional(),
});
