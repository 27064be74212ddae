import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { canonical, type Json } from '#shared/kernel/canonical.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { fingerprint, sameFingerprint } from '#shared/sealing/secrets.ts';
import { refuse } from './rules.ts';

/** What a cursor goes on with: which list, of whom, asked how. None of it stands in the cursor. */
export interface Bound {
  readonly grant: AccessGrant;
  readonly list: 'history' | 'export' | 'audit-events';
  readonly query: Json;
}

const keptMs = 24 * 60 * 60_000;
const Payload = z.tuple([z.int(), z.unknown()]);

/** A place in a list as a caller may carry it: numbers only, good for a day, bound to list, holder and query. */
export async function writeCursor(bound: Bound, place: Json, now: number): Promise<string> {
  const payload = Buffer.from(canonical([now + keptMs, place]), 'utf8').toString('base64url');
  return `${payload}.${await macOf(bound, payload)}`;
}

/** The place that a cursor names; `journal/bad-cursor` for one that is forged, another's, of another query, or too old. */
export async function readCursor<T extends z.ZodType>(
  bound: Bound,
  { cursor, now, type }: { cursor: string; now: number; type: T },
): Promise<z.infer<T>> {
  const [payload = '', told = '', more] = cursor.split('.');
  const expected = await macOf(bound, payload);
  if (more !== undefined || !sameFingerprint(told, expected)) throw refuse('bad-cursor');
  // What we signed is JSON of ours; its shape may be that of an older version.
  const read = Payload.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  const place = type.safeParse(read.data?.[1]);
  if (!read.success || !place.success || read.data[0] <= now) throw refuse('bad-cursor');
  return place.data;
}

async function macOf({ grant, list, query }: Bound, payload: string): Promise<string> {
  const key = await theSecret('lookup');
  return fingerprint(key, 'journal cursor', list, grant.holder, canonical(query), payload);
}
