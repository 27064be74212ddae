import { appendLine } from '#shared/journal/append.ts';
import { loadSince } from '#shared/journal/head.ts';
import { laneFor } from '#shared/journal/lanes.ts';
import type { Actor, JournalObject } from '#shared/journal/schema.ts';

/** What the room tells of two records that were merged, or parted again. */
export interface Told {
  /** The same for the same thing: whoever tells it again finds it told. */
  readonly id: string;
  readonly holder: string;
  /** Milliseconds. */
  readonly at: number;
  readonly action: string;
  readonly object: JournalObject;
  /** Who did it, where that was not the room. */
  readonly actor?: Actor;
  /** As the document that it is about (DOC-21, MIN-14). */
  readonly hidden?: boolean;
  readonly secret?: boolean;
}

const room: Actor = { kind: 'system', id: 'merge' };

/** Writes a line into a holder's journal unless it stands there. */
export async function tellOnce(told: Told): Promise<void> {
  const { id, holder, at, action, object, actor = room, hidden = false, secret = false } = told;
  const lane = laneFor(room.id, { hidden, secret });
  // The look and the head are one reading: who tells it in between is met at the lane's end, and known.
  const { lines, head } = await loadSince({ holder, lane, seq: 1 });
  if (lines.some((line) => line.id === id)) return;
  await appendLine(
    {
      ...{ id, holder, lane, at, actor, action, object },
      channel: 'file',
      outcome: 'done',
      policy: 'merge-1',
      visible: hidden ? 'operator' : secret ? 'minor-secret' : 'holder',
    },
    { head },
  );
}
