import { type AccessGrant, grantOwner } from '#shared/access/grant.ts';
import { operation } from '#shared/http/operation.ts';
import { type Fault, followChain } from '#shared/journal/verify.ts';
import { logDamage } from '#shared/log.ts';
import { routes } from './routes.ts';
import { isShown } from './rules/history.ts';
import type { Verification } from './schema.ts';
import { type Ends, linesOf, loadEnds } from './store.ts';

/**
 * Follows every chain of the holder from its first line, those of records that were merged into his included. A fault is told to him, and logged for those who
 * answer for the system: where it is, and nothing of whom.
 */
export const verifyHistory = operation(routes.verifyHistory, async (asked) => {
  const { now, requestId } = asked;
  const grant = await grantOwner(asked);
  const verifiedAt = new Date(now).toISOString();
  let [lines, withheld, chains] = [0, 0, 0];
  for (const of of grant.names) {
    const ends = await loadEnds(grant, of);
    for (const lane of new Set([...ends.anchors, ...ends.heads].map((one) => one.lane))) {
      const checked = await checkLane(grant, lane, ends);
      if (checked.fault) {
        const { kind, seq } = checked.fault;
        logDamage({ event: 'journal-broken', requestId, code: kind, counts: { lane, seq } });
        const body: Verification = { ok: false, fault: { lane, seq, kind }, verifiedAt };
        return { status: 200, body };
      }
      lines += checked.lines;
      withheld += checked.withheld;
    }
    chains += ends.heads.length;
  }
  const body: Verification = { ok: true, lines, lanes: chains, withheld, verifiedAt };
  return { status: 200, body };
});

interface Checked {
  readonly lines: number;
  readonly withheld: number;
  readonly fault?: { readonly kind: Fault; readonly seq: number };
}

async function checkLane(
  grant: AccessGrant,
  lane: number,
  { of, anchors, heads }: Ends,
): Promise<Checked> {
  const to = heads.find((one) => one.lane === lane)?.seq ?? 0;
  const chain = followChain(
    { holder: of, lane },
    anchors.filter((one) => one.lane === lane),
  );
  let [lines, withheld] = [0, 0];
  for await (const line of linesOf(grant, { of, lane, from: 1, to })) {
    const kind = chain.next(line);
    if (kind) return { lines, withheld, fault: { kind, seq: line.seq } };
    lines += 1;
    if (!('unreadable' in line) && !isShown(line, grant.purpose)) withheld += 1;
  }
  const kind = chain.end();
  return { lines, withheld, ...(kind ? { fault: { kind, seq: chain.head().seq + 1 } } : {}) };
}
