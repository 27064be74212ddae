import { isRivalled } from '#shared/aws/faults.ts';
import type { Streamed } from '#shared/entry/stream.ts';
import { pause } from '#shared/pause.ts';
import { type Change, changesOf } from './rules.ts';
import { count, loadCheckpoint, mostPlaces, nameOf } from './store.ts';

interface Group {
  after: string;
  at: string;
  readonly changes: Change[];
  readonly places: Set<string>;
}

/** Lines in their order, cut where a transaction would touch too many places. */
function* groups(lines: readonly Streamed[]): Generator<Group> {
  let group: Group | undefined;
  for (const { sequence, line } of lines) {
    const changes = changesOf(line);
    const places = changes.map(({ place }) => nameOf(place));
    if (group && new Set([...group.places, ...places]).size > mostPlaces) {
      yield group;
      group = undefined;
    }
    group ??= { after: sequence, at: line.at, changes: [], places: new Set() };
    group.after = sequence;
    group.at = line.at;
    group.changes.push(...changes);
    for (const place of places) group.places.add(place);
  }
  if (group) yield group;
}

/** As many rounds as a crowded counter may need; then the stream brings the batch again. */
const mostRounds = 8;

/**
 * Counts the lines of one shard of the journal's stream. What was counted before is left out, so a
 * batch delivered again changes nothing. Another shard that counts the same place at the same moment
 * cancels the transaction: it is tried again from the checkpoint, read afresh.
 */
export async function countLines(shard: string, lines: readonly Streamed[]): Promise<void> {
  for (let round = 0; ; round++) {
    try {
      return await countFresh(shard, lines);
    } catch (error) {
      if (round + 1 >= mostRounds || !isRivalled(error)) throw error;
      await pause(round);
    }
  }
}

async function countFresh(shard: string, lines: readonly Streamed[]): Promise<void> {
  let before = await loadCheckpoint(shard);
  const counted = before === undefined ? -1n : BigInt(before);
  const fresh = lines.filter(({ sequence }) => BigInt(sequence) > counted);
  for (const { after, at, changes } of groups(fresh)) {
    await count({ shard, before, after, changes, at });
    before = after;
  }
}
