import * as z from 'zod';
import { changesLane } from '../journal/lanes.ts';
import type { Anchor } from '../journal/verify.ts';
import { itemAt, statusKey } from './table.ts';

const Hint = z.object({ headSeq: z.int(), headHash: z.string() });

/**
 * The end of lane 0 as the record's status names it (consistent): it lies in another table, so it vouches
 * for the lane's end. Read it before the lane, which may only have grown since.
 */
export async function loadHint(holder: string): Promise<Anchor> {
  const { headSeq: seq, headHash: hash } = Hint.parse(await itemAt(statusKey(holder)));
  return { lane: changesLane, seq, hash };
}
