import * as z from 'zod';
import { linesOf } from '#shared/entry/stream.ts';
import { log } from '#shared/log.ts';
import { countLines } from './on-lines.ts';

/** A tumbling window's event: the one shape in which a stream names its shard. */
const Event = z.object({ Records: z.array(z.unknown()).default([]), shardId: z.string() });

export async function handler(raw: unknown): Promise<{ state: object }> {
  const { Records, shardId } = Event.parse(raw);
  const lines = linesOf(Records);
  await countLines(shardId, lines);
  log('info', { event: 'counted', counts: { lines: lines.length } });
  // Nothing is carried in the window itself: the checkpoint is in the table.
  return { state: {} };
}
