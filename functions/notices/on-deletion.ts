import { tellErasure } from '#shared/record/erasure.ts';
import { loadStanding, namesOf } from '#shared/record/standing.ts';
import { eraseNotices } from './erasure-store.ts';

/**
 * Takes away what a holder was told, and what was left to letters, when his record is deleted (ENR-47).
 * When all is done it looks once more: a notice that was in hand as the deletion began may have been noted
 * since. A fact that comes again in the record's next life changes nothing. `clock` in ms.
 */
export async function onDeletion(
  { holder, seq }: { readonly holder: string; readonly seq: number },
  clock: () => number,
): Promise<void> {
  const standing = await loadStanding(holder);
  if (standing?.status !== 'deleting' && standing?.status !== 'deleted') return;
  for (const name of namesOf(standing)) await eraseNotices(name);
  if (standing.status === 'deleted') return;
  await tellErasure({ holder, begunSeq: seq }, { step: 'notices/erase-record', at: clock() });
}
