import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { holderLanes } from '#shared/journal/lanes.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { Unreadable } from '#shared/journal/verify.ts';
import { logDamage } from '#shared/log.ts';
import { type Bounds, isShown, isWithin } from './rules/history.ts';
import type { Group } from './schema.ts';
import { anyNumber, linesOf } from './store.ts';

/** For each lane that is read, of each of the grant's names, the number before which it goes on. */
export const Place = z.array(z.int().min(1)).min(holderLanes.length).max(200);
export type Place = z.infer<typeof Place>;

export interface Wish {
  readonly bounds: Bounds;
  readonly group?: Group | undefined;
  readonly limit: number;
  readonly place?: Place | undefined;
}

/** A request reads no more than this, so a page may hold fewer lines than asked for, though more follow. */
const mostRead = 2000;
const atOnce = 50;

/**
 * A line bears the instant at which its request arrived, and may be written behind a later one: a lane is
 * left only this long before the time that is asked for.
 */
const dayMs = 86_400_000;

interface Lane {
  readonly lines: AsyncGenerator<JournalLine | Unreadable, undefined>;
  /** The next line; undefined when the lane is read to its beginning, or as far as is asked for. */
  next: JournalLine | undefined;
  before: number;
}

/**
 * A page of a holder's lines over all his lanes, newest first; within a lane in the order of the chain.
 * `place` is where the next page goes on; undefined when there is none.
 */
export async function pageOf(
  grant: AccessGrant,
  { bounds, group, limit, place }: Wish,
): Promise<{ lines: JournalLine[]; place: Place | undefined }> {
  // Of a record that others were merged into: their chains, too, since they are the same person's.
  const chains = grant.names.flatMap((of) => grant.lanes.map((lane) => ({ of, lane })));
  const lanes = chains.map(({ of, lane }, at): Lane => {
    const before = place?.[at] ?? anyNumber;
    const stretch = { of, lane, from: 1, to: before - 1, newestFirst: true, atOnce } as const;
    return { lines: linesOf(grant, stretch), next: undefined, before };
  });
  await Promise.all(lanes.map((lane) => step(lane, bounds)));
  const lines: JournalLine[] = [];
  for (let read = 0; read < mostRead && lines.length < limit; read++) {
    const lane = newest(lanes);
    if (!lane?.next) break;
    if (isShown(lane.next, grant.purpose) && isWithin(lane.next, bounds, group))
      lines.push(lane.next);
    await step(lane, bounds);
  }
  const isOver = lanes.every(({ next }) => next === undefined);
  return { lines, place: isOver ? undefined : lanes.map(({ before }) => before) };
}

/** Takes the next line of a lane; one that nobody can read is set aside, and the verification tells of it. */
async function step(lane: Lane, { begin }: Bounds): Promise<void> {
  for (;;) {
    const { value: line } = await lane.lines.next();
    if (line && 'unreadable' in line) {
      logDamage({ event: 'line-unreadable', counts: { lane: line.lane, seq: line.seq } });
      continue;
    }
    lane.next = line && Date.parse(line.at) >= begin - dayMs ? line : undefined;
    lane.before = lane.next ? lane.next.seq + 1 : 1;
    return;
  }
}

function newest(lanes: readonly Lane[]): Lane | undefined {
  let first: Lane | undefined;
  for (const lane of lanes)
    if (lane.next && (first?.next === undefined || lane.next.at > first.next.at)) first = lane;
  return first;
}
