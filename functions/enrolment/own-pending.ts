import { secretOrNobodys } from '#shared/record/secrets.ts';
import { linkTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { loadPending, type Pending } from './activation-store.ts';
import { refuse } from './rules.ts';

/**
 * The activation that an account began. Throws `enrolment/unknown-activation` for one that is another's,
 * never was, or has ended: they are not told apart. One that was completed is found for its last answer.
 */
export async function ownPending(asked: {
  activation: string;
  subject: string;
  receivedAt: number;
}): Promise<Pending> {
  const account = linkTag(await secretOrNobodys('lookup'), 'holder', asked.subject);
  const pending = await loadPending(asked.activation);
  if (!pending || !sameFingerprint(pending.linkTag, account)) throw refuse('unknown-activation');
  const ended = asked.receivedAt > Date.parse(pending.endsAt);
  if (ended && pending.doneAt === undefined) throw refuse('unknown-activation');
  return pending;
}
