import { Rivalled } from '#shared/aws/transact.ts';
import { type Erasure, loadErasure, tellErasure } from '#shared/record/erasure.ts';
import { loadSignpost } from '#shared/record/signpost.ts';
import { loadStanding, namesOf, type Standing } from '#shared/record/standing.ts';
import { destroyBranch } from '#shared/sealing/destroy-branch.ts';
import { branchOfHolder } from '#shared/sealing/holder-branch.ts';
import {
  countFiled,
  endInventory,
  eraseFiled,
  loadInventory,
  noteInventory,
  originsOf,
} from './erasure-store.ts';
import { countVersions, eraseVersions } from './vault-erasure.ts';

/**
 * Erases all that the room holds of a record that is being deleted (ENR-43, ENR-47): the key first, so that
 * nothing opens any more whatever comes after; then every version in the vault, what dead deposits left
 * there included, and what was filed. Goes on where an earlier delivery died; what was counted before the
 * first thing was erased is what the line tells. `clock` in ms.
 */
export async function onBeginDeletion(of: Erasure, clock: () => number): Promise<void> {
  const { holder } = of;
  const standing = await loadStanding(holder);
  // A fact that comes again when the record has begun anew must not touch what is in it now.
  if (standing?.status !== 'deleting') return;
  const done = await loadErasure(of);
  if (done.has('documents/erase-record')) return endInventory(holder);
  await allHaveLeft(standing);
  // What was merged into it may not have followed yet, or have left something behind.
  const all = [{ holder, life: standing.life }, ...(standing.absorbed ?? [])];
  const counts = (await loadInventory(holder)) ?? (await takeInventory(holder, all));
  for (const one of all) await destroyBranch(branchOfHolder(one.holder, one.life));
  await tellErasure(of, { step: 'documents/destroy-key', at: clock() });
  for (const one of all) await eraseVersions(one.holder);
  for (const one of all) await eraseFiled(one.holder);
  await tellErasure(of, { step: 'documents/erase-record', at: clock(), counts });
  // Last of all, by whoever finds the line told: one of several at once may have counted once more.
  await endInventory(holder);
}

/** Whether another person's documents, of a merge that was wrong, are still on their way back: they are not erased. */
async function allHaveLeft(standing: Standing): Promise<void> {
  const names = namesOf(standing);
  for (const origin of await originsOf(standing.holder)) {
    if (names.includes(origin)) continue;
    const other = await loadStanding(origin);
    const isOver = other ? isErased(other) : !(await loadSignpost(origin));
    // `on-part` is at it, or has to be helped: the fact of this deletion comes again.
    if (!isOver) throw new Rivalled('documents of a record that was parted are not back yet');
  }
}

/** Who takes nothing back any more: what is left of his here goes, too. */
const isErased = ({ status }: Standing): boolean => status === 'deleting' || status === 'deleted';

/** Counts what stands before anything is erased; of two who count, the first is right. */
async function takeInventory(holder: string, all: readonly { readonly holder: string }[]) {
  const [documents, versions] = await Promise.all([
    Promise.all(all.map((one) => countFiled(one.holder))),
    Promise.all(all.map((one) => countVersions(one.holder))),
  ]);
  return noteInventory(holder, { documents: sum(documents), versions: sum(versions) });
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
