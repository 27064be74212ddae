import '#test/notices/in-process.ts';
import { closeOwn } from '#functions/enrolment/close.ts';
import { deletePerson } from '#functions/enrolment/delete-person.ts';
import { append, branchOf, record } from '#functions/enrolment/lines.ts';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import type { Activated } from '#functions/enrolment/stored.ts';
import { transact } from '#shared/aws/transact.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { contactsWrite } from '#shared/record/contacts.ts';
import { linkWrite } from '#shared/record/link.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { linkTag } from '#shared/record/tags.ts';
import { type Planted, plant } from './plant.ts';

/** Somebody who activated, and then closed his record; with the account by which he did. */
export interface Leaving extends Planted {
  readonly caller: SignedIn;
  /** When the next step of his deletion is due, as his status says (ms). */
  readonly closedAt: number;
}

const day = 86_400_000;

/** People whose record is activated, as an activation leaves it. */
async function activated(one: Planted, at: number): Promise<SignedIn> {
  const { holder, department } = one;
  const subject = `leaving-${holder}`;
  const status = await loadStatus(holder);
  if (status?.status !== 'invited') throw new Error('nobody');
  const tag = linkTag(await secretMade('lookup'), 'holder', subject);
  const activatedAt = new Date(at).toISOString();
  const to: Activated = {
    ...status,
    status: 'activated',
    ...{ activatedAt, linkTag: tag, conditions: { version: 'test', acceptedAt: activatedAt } },
    choices: { visibility: 'visible', emergency: { breakGlass: 'permit', regulation: 'permit' } },
  };
  const { next, line } = append(to, holder, {
    ...{ id: newId(), at, actor: { kind: 'holder', id: holder }, channel: 'web' },
    action: 'enrolment/activate',
    object: record(status, { from: 'invited', to: 'activated' }),
  });
  const email = `neuf-${one.nir}@exemple.invalid`;
  await transact([
    statusWrite(next, status.version),
    linkWrite(tag, { holder, linkedAt: activatedAt }),
    await contactsWrite({ holder, email, branch: branchOf(department) }),
    journalWrite(line),
  ]);
  return { kind: 'holder', subject, signedInAt: activatedAt };
}

/** People who closed their record at an instant, whether or not they asked for its deletion. */
export async function leaving(
  count: number,
  { department, closedAt, deletion }: { department: string; closedAt: number; deletion: boolean },
): Promise<Leaving[]> {
  const people = await plant(count, { department, sentAt: closedAt - 10 * day });
  return Promise.all(
    people.map(async (one) => {
      const caller = await activated(one, closedAt);
      await closeOwn({ body: { confirm: true, deletion }, caller, receivedAt: closedAt });
      return { ...one, caller, closedAt };
    }),
  );
}

/** Does what is due of a deletion at an instant (ms), as the worker does; what it came to, step by step. */
export async function due(holder: string, now: number): Promise<string[]> {
  const done: string[] = [];
  await deletePerson(
    holder,
    () => now,
    (one) => done.push(one),
  );
  return done;
}
