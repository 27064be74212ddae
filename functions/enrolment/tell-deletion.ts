import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { newId } from '#shared/random.ts';
import { contactsEnd, openContacts } from '#shared/record/contacts.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { openPerson } from '#shared/record/person.ts';
import { append, record } from './lines.ts';
import { recordDeleted } from './mails/record-deleted.ts';
import { codeEnd, loadStatus, lookupWrite, personEnd, statusWrite } from './person-store.ts';
import { deletionStep } from './rules/deletion-step.ts';
import type { Deleted } from './stored.ts';

/** No fingerprint of a row: the next file that names the person brings his identity anew, not an invitation. */
const noRow = 'deleted';

/**
 * Tells a holder that his record is deleted (ENR-44), at every address that is known, then takes identity,
 * addresses and code away: what is left is the trace (ENR-47). Who dies in between has it told twice, never
 * not at all. An address that is not taken changes nothing: there is nobody left to write to.
 */
export async function tellDeletion(holder: string, now: number) {
  const status = await loadStatus(holder);
  const step = status && deletionStep(status, now);
  if (step?.is !== 'tell') return 'skipped';
  // Nobody writes to the dead, nor to who never had the record whose end this would tell.
  const { diedOn, activatedAt } = step.status;
  if (diedOn !== undefined || activatedAt === undefined) return forget(holder, now);
  const [person, contacts] = await Promise.all([openPerson(holder), openContacts(holder)]);
  const known = [contacts?.email, contacts?.formerEmail, person.email].flatMap((one) => one || []);
  const each = new Map(known.map((address) => [address.toLowerCase(), address]));
  for (const address of each.values())
    await sendMail(address, recordDeleted(person)).catch((error: unknown) => {
      if (!(error instanceof Undeliverable)) throw error;
    });
  return forget(holder, now);
}

async function forget(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'tell') return 'skipped';
    const { untold: _, ...told } = step.status;
    const lookup = await findByNir(told.nirTag);
    const to: Deleted = { ...told, informBy: 'letter' };
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
      ...[personEnd(holder), codeEnd(holder), contactsEnd(holder), journalWrite(line)],
    ]);
    return 'told';
  });
}
