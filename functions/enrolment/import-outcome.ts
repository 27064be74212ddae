import type { KeyObject } from 'node:crypto';
import type { Actions } from '#shared/aws/transact.ts';
import type { Lookup } from '#shared/record/lookup.ts';
import type { RowFault } from './rules/insured-row.ts';
import type { Play } from './rules/played.ts';
import type { Status } from './stored.ts';

/** What a line of a file comes to: what it writes, and how it is counted. */
export interface Change {
  readonly writes: Actions;
  readonly outcome: 'imported' | 'updated' | 'unchanged' | 'errors';
  readonly faults?: readonly RowFault[];
}

/** Who was found by the NIRs of a window, as they stand. */
export interface Found {
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly statuses: ReadonlyMap<string, Status>;
}

export interface Work {
  readonly key: KeyObject;
  /** Milliseconds. */
  readonly now: number;
  readonly play: Play;
}

export const unchanged: Change = { writes: [], outcome: 'unchanged' };
export const refusedAs = (field: RowFault['field'], code: string): Change => ({
  ...{ writes: [], outcome: 'errors' },
  faults: [{ field, code }],
});
