import { loadBatch } from './letter-store.ts';
import { refuse } from './rules.ts';
import type { Batch } from './schema-letters.ts';
import type { LetterBatch } from './stored-letters.ts';

/** A batch as agents and the print shop are told of it. */
export function asTold(stored: LetterBatch): Batch {
  const { batch, department, state, begunAt, readyAt, letters, sizeBytes, sha256 } = stored;
  const { posting, returns } = stored;
  return {
    ...{ batch, department, begunAt },
    state: state === 'filling' || state === 'sealed' ? 'printing' : state,
    ...(readyAt === undefined ? {} : { readyAt, letters, sizeBytes, sha256 }),
    ...(posting ? { postedOn: posting.on, exceptions: posting.exceptions.length } : {}),
    ...(returns ? { returned: returns.length } : {}),
  };
}

/** A batch that was given out, with the name of its sheets. */
export async function givenOut(
  name: string,
): Promise<LetterBatch & { sha256: string; readyAt: string }> {
  const batch = await loadBatch(name);
  if (!batch) throw refuse('unknown-batch');
  const { sha256, readyAt } = batch;
  if (sha256 === undefined || readyAt === undefined) throw refuse('batch-not-ready');
  return { ...batch, sha256, readyAt };
}
