import { Readable } from 'node:stream';
import { type AccessGrant, grantOwner } from '#shared/access/grant.ts';
import { env, json } from '#shared/env.ts';
import { streamed } from '#shared/http/streamed.ts';
import { appendLine } from '#shared/journal/append.ts';
import { pdfHeaders } from '#shared/paper/pdf-headers.ts';
import { Sender } from '#shared/paper/sender.ts';
import { type Place, pageOf } from './page.ts';
import { historyPaper } from './papers/history-paper.ts';
import { mostPrinted } from './papers/history-words.ts';
import { routes } from './routes.ts';
import { boundsOf, entryOf } from './rules/history.ts';
import type { HistoryEntry, HistoryPaperQuery } from './schema.ts';
import { takingAway } from './taking-away.ts';

const { LETTER_SENDER: sender } = env({ LETTER_SENDER: json(Sender) });

/** So often it looks for more, where most of what is there is not asked for. */
const mostLooks = 10;

/**
 * The history on paper (L1111-19): what its reader may see of it and nothing else, at home or in his own session at a
 * counter. That it was taken away stands in it, before a byte leaves (ACC-54). It names nobody whose record it is.
 */
export const printHistory = streamed(routes.printHistory, async (asked) => {
  const { query, now } = asked;
  const grant = await grantOwner(asked);
  grant.allows('history');
  const { entries, isCut } = await newestOf(grant, query);
  const about = { query, entries, isCut, printedAt: now };
  const bytes = await historyPaper({ ...about, isChilds: asked.actingFor !== undefined }, sender);
  await appendLine(takingAway(grant, 'journal/print-history', now));
  const headers = { ...pdfHeaders('historique'), 'cache-control': 'no-store' };
  return { status: 200, headers, body: Readable.from([bytes]) };
});

/** The newest lines that are asked for, and whether there are more. */
async function newestOf(grant: AccessGrant, query: HistoryPaperQuery) {
  const wish = { bounds: boundsOf(query), group: query.group };
  const entries: HistoryEntry[] = [];
  let place: Place | undefined;
  for (let looks = 0; looks < mostLooks && entries.length < mostPrinted; looks++) {
    const limit = mostPrinted - entries.length;
    const page = await pageOf(grant, { ...wish, limit, place });
    entries.push(...page.lines.map(entryOf));
    place = page.place;
    if (!place) break;
  }
  return { entries, isCut: place !== undefined };
}
