import * as z from 'zod';
import { Signpost } from '#shared/record/signpost.ts';
import { Status } from './stored.ts';

/** What stands in the place of a merged record's status: where it leads, and all that a split needs to undo it. */
export const Merged = Signpost.extend({
  version: z.int(),
  /** End of the record's own lane 0 in the journal: nothing is written there until a split. */
  headSeq: z.int(),
  headHash: z.string(),
  /** How this record stood. */
  before: Status,
  /** How the one stood that took it in. */
  intoBefore: Status,
  /** Whose state counted. */
  wins: z.enum(['first', 'second']),
  /** Of a child: whose authority was taken in either, as the one knows it that took this one in. */
  barred: z.array(z.string()).optional(),
  /** Whether confirmed addresses were given to the other one, which had none. */
  gaveContacts: z.boolean(),
});
export type Merged = z.infer<typeof Merged>;
