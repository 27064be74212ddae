import * as z from 'zod';
import { day } from '#shared/http/day.ts';
import { JournalLine } from '#shared/journal/schema.ts';
import { Anchor, Unreadable, Withheld } from '#shared/journal/verify.ts';

const instant = z.iso.datetime({ precision: 3 });
const cursor = z.string().max(800);
const count = z.coerce.number().int().min(1).max(100);

/** What an act is about, as the holder's pages group it (ACC-53). */
export const Group = z.enum(['GENERAL', 'MEDICAL_DOCUMENT', 'SERVICE_TIERS']);
export type Group = z.infer<typeof Group>;

/** Who acted, as the holder's pages name him (ACC-53). */
export const ActorType = z.enum([
  'HEALTHCARE_PROFESSIONAL',
  'HEALTHCARE_FACILITY',
  'SUPPORT',
  'PATIENT',
  'SERVICE_TIERS',
  'SYSTEM',
  'ENROLMENT',
]);
export type ActorType = z.infer<typeof ActorType>;

export const HistoryQuery = z.strictObject({
  /** Days in Paris; both are part of the wish. */
  from: day.optional(),
  until: day.optional(),
  group: Group.optional(),
  limit: count.optional(),
  cursor: cursor.optional(),
});

/** What of a history is printed: the same days and group. */
export const HistoryPaperQuery = HistoryQuery.pick({ from: true, until: true, group: true });
export type HistoryPaperQuery = z.infer<typeof HistoryPaperQuery>;

export const HistoryEntry = z.strictObject({
  id: z.string(),
  actorType: ActorType,
  actorDisplayName: z.string(),
  actionDate: instant,
  /** French, for the holder. */
  actionDescription: z.string(),
  group: Group,
  outcome: z.enum(['done', 'refused']),
  mode: z.enum(['normal', 'secret', 'break-glass', 'regulation', 'assisted']),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const History = z.strictObject({
  /** Newest first; fewer than asked for, even none, may come though more follow. */
  entries: z.array(HistoryEntry),
  /** Where the next page begins; absent on the last one. Holds for a day. */
  next: z.string().optional(),
});

/** `ge2022-02-07`, `lt2022-02-08T10:00:00Z`: a FHIR date with its comparison; days are Paris days. */
const FhirDate = z
  .string()
  .regex(
    /^(eq|ge|gt|le|lt)?\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/,
  );

export const AuditEventQuery = z.strictObject({
  date: z.union([FhirDate, z.array(FhirDate).max(2)]).optional(),
  _count: count.optional(),
  _format: z.string().max(60).optional(),
  cursor: cursor.optional(),
});

/** A FHIR R4 Bundle of type `searchset` with AuditEvents. */
export const AuditEvents = z.looseObject({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
  entry: z.array(z.looseObject({ resource: z.looseObject({}) })).optional(),
});

export const ExportQuery = z.strictObject({ cursor: cursor.optional() });

/** The whole history as it is kept, to be verified by anyone without asking us again. */
export const HistoryExport = z.strictObject({
  format: z.literal('mon-espace-sante/history/1'),
  /** The same in all parts of one export. */
  export: z.string(),
  part: z.int().min(1),
  holder: z.string(),
  exportedAt: instant,
  /** In the first part: where each lane ended, and the end of lane 0 as another table vouches for it. */
  heads: z.array(Anchor).optional(),
  anchors: z.array(Anchor).optional(),
  lines: z.array(z.union([JournalLine, Withheld, Unreadable])),
  /** Where the next part begins; absent in the last one. */
  next: z.string().optional(),
});
export type HistoryExport = z.infer<typeof HistoryExport>;

export const FaultKind = z.enum([
  'order',
  'gap',
  'chain',
  'stranger',
  'unreadable',
  'changed',
  'cut',
]);

export const Verification = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    lines: z.int(),
    /** How many lanes hold lines. */
    lanes: z.int(),
    /** Lines that stand in the chains and that you may not see. */
    withheld: z.int(),
    verifiedAt: instant,
  }),
  z.strictObject({
    ok: z.literal(false),
    fault: z.strictObject({ lane: z.int(), seq: z.int(), kind: FaultKind }),
    verifiedAt: instant,
  }),
]);
export type Verification = z.infer<typeof Verification>;
