import { inLanes } from '#shared/in-lanes.ts';
import { idFrom } from '#shared/random.ts';
import { isMergedCheck, loadSignpost } from '#shared/record/signpost.ts';
import { loadStanding } from '#shared/record/standing.ts';
import { branchOfHolder } from '#shared/sealing/holder-branch.ts';
import { tellOnce } from './merge-lines.ts';
import { moveDocument } from './move-document.ts';
import { listFiled } from './store.ts';
import { eraseVersionsOf } from './vault-erasure.ts';

const inHand = 4;

/**
 * The documents of a record that was merged into another follow it (ENR-20), one by one, each resealed under the other
 * holder's key; what is left behind of a content is erased once it opens there. Goes on where an earlier delivery died;
 * stops where the merge was undone meanwhile. `clock` in ms.
 */
export async function onMerge({ holder }: { holder: string }, clock: () => number): Promise<void> {
  const signpost = await loadSignpost(holder);
  if (!signpost) return;
  const { mergedInto, reference, life } = signpost;
  const standing = await loadStanding(mergedInto);
  // What is being deleted takes nothing in: it is erased with the other.
  if (!standing || standing.status === 'deleting') return;
  const way = {
    from: { holder, branch: branchOfHolder(holder, life) },
    to: { holder: mergedInto, branch: branchOfHolder(mergedInto, standing.life) },
    still: isMergedCheck(holder, reference),
    mark: { origin: holder },
  };
  const left = await listFiled(holder);
  await inLanes(left, inHand, (filed) => moveDocument(filed, way));
  const moved = (await listFiled(mergedInto)).filter(({ origin }) => origin === holder);
  // Within one merge nothing goes back: only a parting writes here again, and that ends this signpost first.
  const stands = async () => (await loadSignpost(holder))?.reference === reference;
  await inLanes(moved, inHand, ({ document }) => eraseVersionsOf(holder, document, stands));
  if (moved.length === 0) return;
  await tellOnce({
    ...{ id: idFrom('merged', reference), holder: mergedInto, at: clock() },
    action: 'documents/take-in',
    object: { kind: 'record', id: holder },
  });
}
