import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { newId } from '#shared/random.ts';
import { contactsEnd, openContacts } from '#shared/record/contacts.ts';
import { findByGuardian, findByNir } from '#shared/record/lookup.ts';
import { findPerson, openPerson } from '#shared/record/person.ts';
import { namesOf } from '#shared/record/standing.ts';
import { childKey } from '#shared/record/table.ts';
import { append, record } from './lines.ts';
import { type ChildNamed, forChild } from './mails/for-child.ts';
import { recordDeleted } from './mails/record-deleted.ts';
import { codeEnd, loadStatus, lookupWrite, personEnd, statusWrite } from './person-store.ts';
import { DeletionDelays, traceEnds } from './rules/deletion-delays.ts';
import { deletionStep } from './rules/deletion-step.ts';
import type { Deleted } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** No fingerprint of a row: the next file that names the person brings his identity anew, not an invitation. */
const noRow = 'deleted';

/**
 * Tells a holder that his record is deleted (ENR-44), at every address that is known, then takes identity,
 * addresses and code away, those of records that were merged into it included: what is left is the trace (ENR-47). Who dies in between has it told twice, never
 * not at all. An address that is not taken changes nothing: there is nobody left to write to.
 */
export async function tellDeletion(holder: string, now: number) {
  const status = await loadStatus(holder);
  const step = status && deletionStep(status, now);
  if (step?.is !== 'tell') return 'skipped';
  // Nobody writes to the dead, nor to who never had the record whose end this would tell.
  const { diedOn, closedAt } = step.status;
  if (diedOn !== undefined || closedAt === undefined) return forget(holder, now);
  const child = await minorsName(step.status, now);
  const readers = child ? (step.status.certifiedTo ?? []) : [holder];
  for (const reader of readers) await tell(reader, child);
  return forget(holder, now);
}

/** A minor's guardians are told in his place (MIN-1), of the child by the first name. */
async function minorsName({ holder, child }: Deleted, now: number) {
  if (!child || !isMinor(child, now)) return undefined;
  const [name = ''] = (await openPerson(holder)).givenNames.split(/[ ,]/);
  return { name, rank: child.rank };
}

async function tell(reader: string, child: ChildNamed | undefined): Promise<void> {
  const [person, contacts] = await Promise.all([findPerson(reader), openContacts(reader)]);
  if (!person) return;
  const known = [contacts?.email, contacts?.formerEmail, person.email].flatMap((one) => one || []);
  const each = new Map(known.map((address) => [address.toLowerCase(), address]));
  for (const address of each.values())
    await sendMail(address, forChild(recordDeleted(person), child)).catch((error: unknown) => {
      if (!(error instanceof Undeliverable)) throw error;
    });
}

async function forget(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'tell') return 'skipped';
    // What a file brought in between is taken away with the rest.
    const { untold: _, namedAgain: _n, ...told } = step.status;
    const lookup = await findByNir(told.nirTag);
    const asChild = told.child && (await findByGuardian(told.child.tag));
    const traceUntil = traceEnds(Date.parse(told.deletedAt), delays);
    const to: Deleted = { ...told, informBy: 'letter', traceUntil };
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'mail' },
      action: 'enrolment/tell-deletion',
      // He has no address any more: he leaves the count of those informed by mail.
      object: record(to, { from: 'deleted', to: 'deleted' }, told),
    });
    await transact([
      statusWrite(next, told.version),
      ...(lookup?.holder === holder
        ? [lookupWrite(told.nirTag, { holder, rowTag: noRow }, lookup)]
        : []),
      ...(asChild?.holder === holder && told.child
        ? [lookupWrite(childKey(told.child.tag), { holder, rowTag: noRow }, asChild)]
        : []),
      ...namesOf(told).flatMap((name) => [personEnd(name), codeEnd(name), contactsEnd(name)]),
      journalWrite(line),
    ]);
    return 'told';
  });
}
