import { inLanes } from '#shared/in-lanes.ts';
import { loadSince } from '#shared/journal/head.ts';
import { accessLaneNumbers } from '#shared/journal/lanes.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { isPartedCheck } from '#shared/record/signpost.ts';
import { loadStanding, type Standing } from '#shared/record/standing.ts';
import { branchOfHolder } from '#shared/sealing/holder-branch.ts';
import type { Filed } from './filed.ts';
import { moveDocument } from './move-document.ts';
import { depositedByHolder, whileMerged } from './rules/mixed-up.ts';
import { listFiled } from './store.ts';
import { tellMixUp } from './tell-mix-up.ts';
import { eraseVersionsOf } from './vault-erasure.ts';

const inHand = 4;

/**
 * Undoes what a wrong merge did to documents (ENR-20): those that are the parted record's go back, resealed, and both
 * persons are told what the one saw of the other meanwhile. Which are whose: what lay there before, what was addressed
 * to its number since, and what its account put there. Goes on where an earlier delivery died. `clock` in ms.
 */
export async function onPart({ holder }: { holder: string }, clock: () => number): Promise<void> {
  const standing = await loadStanding(holder);
  const { partedFrom } = standing ?? {};
  if (!standing || !partedFrom) return;
  // What is being erased, or is erased, takes nothing in: nobody would erase it again.
  if (standing.status === 'deleting' || standing.status === 'deleted') return;
  const other = await loadStanding(partedFrom.holder);
  if (!other) return;
  const { reference } = partedFrom;
  const lines = whileMerged(await accessesOf(partedFrom.holder), partedFrom);
  const own = partedFrom.account === 'from' ? depositedByHolder(lines) : new Set<string>();
  const vaultOf = (of: Standing) => ({
    holder: of.holder,
    branch: branchOfHolder(of.holder, of.life),
  });
  const way = {
    ...{ from: vaultOf(other), to: vaultOf(standing) },
    ...{ still: isPartedCheck(holder, reference), mark: { returned: reference } },
  };
  const isOwn = ({ origin, document, receivedAt }: Filed) =>
    origin === holder || (own.has(document) && receivedAt >= partedFrom.mergedAt);
  await inLanes((await listFiled(other.holder)).filter(isOwn), inHand, (filed) =>
    moveDocument(filed, way),
  );
  const returned = (await listFiled(holder)).filter((one) => one.returned === reference);
  // A merge of the two, once more, ends this first; what it puts there is no leftover.
  const stands = async () => (await loadStanding(holder))?.partedFrom?.reference === reference;
  await inLanes(returned, inHand, ({ document }) =>
    eraseVersionsOf(other.holder, document, stands),
  );
  await tellMixUp({ partedFrom, holder, lines, at: clock() });
}

async function accessesOf(holder: string): Promise<JournalLine[]> {
  const lanes = await Promise.all(
    accessLaneNumbers.map((lane) => loadSince({ holder, lane, seq: 1 })),
  );
  return lanes.flatMap(({ lines }) => lines);
}
