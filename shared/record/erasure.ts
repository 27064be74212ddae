import { appendLine } from '../journal/append.ts';
import { loadSince } from '../journal/head.ts';
import { laneOf } from '../journal/lanes.ts';
import type { JournalLine, JournalObject } from '../journal/schema.ts';
import { idFrom } from '../random.ts';

/** What the rooms do when a record is deleted; each tells it by one line when it is done. */
export type ErasureStep =
  | 'documents/destroy-key'
  | 'documents/erase-record'
  | 'notices/erase-record';

/** Of which deletion: the holder, and the number of the line of lane 0 that began it. */
export interface Erasure {
  readonly holder: string;
  readonly begunSeq: number;
}

const actor = { kind: 'system', id: 'deletion' } as const;
const lane = laneOf(actor.id);

/** One id a step and deletion: whoever is told twice to do it leaves one line. */
const idOf = (step: ErasureStep, { holder, begunSeq }: Erasure): string =>
  idFrom('erasure', step, holder, String(begunSeq));

/** The lines of what is done of a deletion (consistent), by step. */
export async function loadErasure(of: Erasure): Promise<ReadonlyMap<ErasureStep, JournalLine>> {
  const { lines } = await loadSince({ holder: of.holder, lane, seq: 1 });
  const byId = new Map(lines.map((line) => [line.id, line]));
  const steps = [
    'documents/destroy-key',
    'documents/erase-record',
    'notices/erase-record',
  ] as const;
  const done = new Map<ErasureStep, JournalLine>();
  for (const step of steps) {
    const line = byId.get(idOf(step, of));
    if (line) done.set(step, line);
  }
  return done;
}

/** Says once in the holder's journal that a step is done. `at` in ms. */
export async function tellErasure(
  of: Erasure,
  told: {
    readonly step: ErasureStep;
    readonly at: number;
    readonly counts?: JournalObject['counts'];
  },
): Promise<void> {
  const { step, at, counts } = told;
  // The look and the head are one reading: who tells it in between is met at the lane's end, and known.
  const { lines, head } = await loadSince({ holder: of.holder, lane, seq: 1 });
  if (lines.some(({ id }) => id === idOf(step, of))) return;
  await appendLine(
    {
      ...{ id: idOf(step, of), holder: of.holder, lane, at, actor },
      channel: 'clock',
      action: step,
      object: { kind: 'record', ...(counts ? { counts } : {}) },
      outcome: 'done',
      policy: 'erasure-1',
      visible: 'holder',
    },
    { head },
  );
}
