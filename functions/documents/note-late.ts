import { newId } from '#shared/random.ts';
import { loadSignpost } from '#shared/record/signpost.ts';
import { tellOnce } from './merge-lines.ts';

/**
 * Has a document follow that was filed in a record while that was being merged into another, after the others had gone
 * (ENR-20): its grant was from before. `at` in ms. Whether it was so.
 */
export async function noteLate(holder: string, at: number): Promise<boolean> {
  if (!(await loadSignpost(holder))) return false;
  await tellOnce({
    ...{ id: newId(), holder, at },
    action: 'documents/note-late',
    object: { kind: 'record' },
  });
  return true;
}
