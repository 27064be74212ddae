import * as z from 'zod';
import { type AccessGrant, grantOwner } from '#shared/access/grant.ts';
import { operation } from '#shared/http/operation.ts';
import { appendLine } from '#shared/journal/append.ts';
import { hashOf } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { Anchor, Kept } from '#shared/journal/verify.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { routes } from './routes.ts';
import { isShown } from './rules/history.ts';
import type { HistoryExport } from './schema.ts';
import { linesOf, loadEnds } from './store.ts';
import { takingAway } from './taking-away.ts';

/** An answer of a function holds 6 MB; a part ends before. */
const mostBytes = 4_000_000;

const Place = z.object({
  export: z.string(),
  part: z.int(),
  exportedAt: z.string(),
  /** Whose chains come now, and whose after: records that were merged into this one. */
  holder: z.string(),
  after: z.array(z.string()),
  /** Where each lane goes on, and where it ended when its export began; not there before that. */
  lanes: z.array(z.object({ lane: z.int(), from: z.int(), to: z.int() })).optional(),
});
type Place = z.infer<typeof Place>;

/** The whole history, to keep and to verify (ACC-54: its line is written before a byte leaves). */
export const exportHistory = operation(routes.exportHistory, async (asked) => {
  const { query, now } = asked;
  const grant = await grantOwner(asked);
  grant.allows('history');
  const bound = { grant, list: 'export', query: {} } as const;
  const { cursor } = query;
  const begun =
    cursor === undefined
      ? await begin(grant, now)
      : await goesOn(grant, await readCursor(bound, { cursor, now, type: Place }));
  const { lines, rest } = await partOf(grant, begun.place);
  const { lanes: _, after: _a, ...part } = begun.place;
  const told: HistoryExport = {
    format: 'mon-espace-sante/history/1',
    ...part,
    ...begun.ends,
    lines,
    ...(rest ? { next: await writeCursor(bound, rest, now) } : {}),
  };
  const headers = { 'content-disposition': `attachment; filename="historique-${part.part}.json"` };
  return { status: 200, body: told, headers };
});

interface Begun {
  readonly place: Place;
  readonly ends: { anchors?: Anchor[]; heads?: Anchor[] };
}

async function begin(grant: AccessGrant, now: number): Promise<Begun> {
  const { id, at } = await appendLine(takingAway(grant, 'journal/export-history', now));
  const [, ...after] = grant.names;
  const { holder } = grant;
  return chainOf(grant, { export: id, part: 1, exportedAt: at, holder, after });
}

/** A part begins with the ends of its chains where it is the first of them. */
async function goesOn(grant: AccessGrant, place: Place): Promise<Begun> {
  return place.lanes ? { place, ends: {} } : chainOf(grant, place);
}

async function chainOf(grant: AccessGrant, place: Omit<Place, 'lanes'>): Promise<Begun> {
  const { anchors, heads } = await loadEnds(grant, place.holder);
  const lanes = heads.map(({ lane, seq }) => ({ lane, from: 1, to: seq }));
  return { place: { ...place, lanes }, ends: { anchors: [...anchors], heads: [...heads] } };
}

/** Lines until the part is full, and the place at which the next one goes on. */
async function partOf(
  grant: AccessGrant,
  place: Place,
): Promise<{ lines: Kept[]; rest: Place | undefined }> {
  const { lanes = [], ...rest } = place;
  const lines: Kept[] = [];
  let bytes = 0;
  for (const [at, stretch] of lanes.entries()) {
    for await (const line of linesOf(grant, { of: place.holder, ...stretch })) {
      const kept = 'unreadable' in line ? line : asShown(line, grant);
      bytes += Buffer.byteLength(JSON.stringify(kept)) + 1;
      if (bytes > mostBytes && lines.length > 0) {
        const left = lanes.slice(at).with(0, { ...stretch, from: line.seq });
        return { lines, rest: { ...place, part: place.part + 1, lanes: left } };
      }
      lines.push(kept);
    }
  }
  const [holder, ...after] = rest.after;
  // Each person's chains are parts of their own, so that whoever verifies follows one after the other.
  return {
    lines,
    rest: holder === undefined ? undefined : { ...rest, holder, after, part: rest.part + 1 },
  };
}

/** A line as the holder may have it: whole, or only its place and hash. */
function asShown(line: JournalLine, { purpose }: AccessGrant): Kept {
  if (isShown(line, purpose)) return line;
  const { lane, seq, prev } = line;
  return { withheld: true, lane, seq, prev, hash: hashOf(line) };
}
