import type { Actor } from '#shared/journal/schema.ts';
import { newId } from '#shared/random.ts';
import { loadSignpost } from '#shared/record/signpost.ts';
import { append, record } from './lines.ts';
import { loadStatus } from './person-store.ts';
import type { Status } from './stored.ts';

/**
 * The record that is now that of whoever sat at the counter: his own, or the one into which it was merged meanwhile
 * (ENR-20); undefined where nothing is left of it.
 */
export async function recordOfSession(holder: string): Promise<Status | undefined> {
  const status = await loadStatus(holder);
  if (status) return status;
  const signpost = await loadSignpost(holder);
  return signpost && recordOfSession(signpost.mergedInto);
}

/** A record whose holder's session at a counter ends, and the line that says so. `receivedAt` in ms. */
export const sessionEnded = (status: Status, by: { actor: Actor; receivedAt: number }) =>
  append(status, status.holder, {
    ...{ id: newId(), at: by.receivedAt, actor: by.actor, channel: 'desk' },
    action: 'enrolment/end-assisted-session',
    object: record(status, {}),
  });
