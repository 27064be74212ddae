import type { Own } from '#shared/access/grant.ts';
import { cancellation } from '#shared/aws/faults.ts';
import { appendLine } from '#shared/journal/append.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import { idFrom } from '#shared/random.ts';
import { signedInWrite } from '#shared/record/link.ts';

/**
 * Tells in the journal that an account was seen for the first time since it was linked: once, however
 * many requests come at once. The holder is told of it (a stranger's account would be seen).
 */
export async function noteFirstSignIn(own: Own, receivedAt: number): Promise<void> {
  const { link, account, standing } = own;
  if (link.signedInAt !== undefined) return;
  const { holder } = standing;
  const at = new Date(receivedAt).toISOString();
  const entry = {
    // The same for all who try at once, so that each knows the line of the other.
    id: idFrom('first-sign-in', account, link.linkedAt),
    ...{ holder, lane: laneOf(holder), at: receivedAt },
    actor: { kind: 'holder', id: holder },
    channel: 'web',
    action: 'identity/first-sign-in',
    object: { kind: 'record' },
    outcome: 'done',
    policy: 'identity-1',
    visible: 'holder',
  } as const;
  await appendLine(entry, { beside: () => [signedInWrite(account, { holder, at })] }).catch(
    (error: unknown) => {
      if (!isNotedAlready(error)) throw error;
    },
  );
}

/** The line could have been written, the note could not: it stands already, or the link is gone. */
const isNotedAlready = (error: unknown): boolean =>
  cancellation(error)?.[1] === 'ConditionalCheckFailed';
