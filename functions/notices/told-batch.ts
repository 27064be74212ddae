import { type Caller, type SignedIn, signedIn } from '#shared/http/caller.ts';
import { loadBatch, type NoticeBatch } from './batch-store.ts';
import { refuse } from './rules.ts';
import type { Batch } from './schema-letters.ts';

/** The agent who calls, if he has one of these roles; `notices/role-required` otherwise. */
export function agentAs(roles: readonly ('campaign' | 'print-shop')[], caller: Caller): SignedIn {
  const agent = signedIn(caller);
  if (!roles.some((role) => role === agent.role)) throw refuse('role-required');
  return agent;
}

/** A batch that was given out; throws `notices/unknown-batch`. */
export async function givenOut(name: string): Promise<NoticeBatch> {
  const batch = await loadBatch(name);
  if (!batch) throw refuse('unknown-batch');
  return batch;
}

/** A batch as agents and the print shop are told of it. */
export function asTold(stored: NoticeBatch): Batch {
  const { batch, day, readyAt, references, sizeBytes, sha256, posting, returns } = stored;
  return {
    ...{ batch, day, state: posting ? 'posted' : 'ready', readyAt },
    ...{ letters: references.length, sizeBytes, sha256 },
    ...(posting ? { postedOn: posting.on, exceptions: posting.exceptions.length } : {}),
    ...(returns ? { returned: returns.length } : {}),
  };
}
