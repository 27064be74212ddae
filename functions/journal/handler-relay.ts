import * as z from 'zod';
import type { BatchAnswer } from '#shared/entry/queue.ts';
import { linesOf } from '#shared/entry/stream.ts';
import { log } from '#shared/log.ts';
import { relay } from './relay.ts';

const Event = z.object({ Records: z.array(z.unknown()) });

/** Relays the journal's stream to the house bus; from the first line refused on, the stream comes again. */
export async function handler(raw: unknown): Promise<BatchAnswer> {
  const lines = linesOf(Event.parse(raw).Records);
  const refused = await relay(lines);
  log(refused ? 'warn' : 'info', { event: 'relayed', counts: { lines: lines.length } });
  return { batchItemFailures: refused ? [{ itemIdentifier: refused }] : [] };
}
