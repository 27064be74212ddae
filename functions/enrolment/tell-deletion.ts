import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { recordDeleted } from '#shared/mail/record-deleted.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { newId } from '#shared/random.ts';
import { contactsEnd } from '#shared/record/contacts.ts';
import { findByGuardian, findByNir } from '#shared/record/lookup.ts';
import { openPerson } from '#shared/record/person.ts';
import { namesOf } from '#shared/record/standing.ts';
import { childKey } from '#shared/record/table.ts';
import { sendText, Unreachable } from '#shared/sms/send.ts';
import { append, record } from './lines.ts';
import { type ChildNamed, forChild } from './mails/for-child.ts';
import { codeEnd, loadStatus, lookupWrite, personEnd, statusWrite } from './person-store.ts';
import { type Reachable, reachOfAll } from './reach.ts';
import { DeletionDelays, lastLetterEnds, traceEnds } from './rules/deletion-delays.ts';
import { deletionStep } from './rules/deletion-step.ts';
import { certifiedOf } from './rules/judge-child-closure.ts';
import { channelOf, type Way } from './rules/way-of.ts';
import type { Deleted } from './stored.ts';
import { deletedText } from './texts/deleted-text.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** No fingerprint of a row: the next file that names the person brings his identity anew, not an invitation. */
const noRow = 'deleted';

/**
 * Tells a holder that his record is deleted (ENR-44), at every address that is known, by text message where no mail is
 * taken, by letter where neither reaches him; then takes identity, addresses and code away, those of records that
 * were merged into it included: what is left is the trace (ENR-47). For a letter the identity is kept some days more,
 * until it is printed (D68). Who dies in between has it told twice, never not at all.
 */
export async function tellDeletion(holder: string, now: number) {
  const status = await loadStatus(holder);
  const step = status && deletionStep(status, now);
  if (step?.is !== 'tell') return 'skipped';
  if (step.status.lastLetterUntil !== undefined) return forget(holder, now, 'letter');
  // Nobody writes to the dead, nor to who never had the record whose end this would tell.
  const { diedOn, closedAt } = step.status;
  if (diedOn !== undefined || closedAt === undefined) return forget(holder, now, 'nobody');
  const child = await minorsName(step.status, now);
  const readers = await reachOfAll(child ? certifiedOf(step.status) : [holder]);
  const ways = [];
  for (const reader of readers) ways.push(await tell(reader, child));
  if (ways.includes('letter')) return orderLetter(holder, now);
  return forget(
    holder,
    now,
    ways.includes('sms') ? 'sms' : ways.includes('mail') ? 'mail' : 'nobody',
  );
}

/** A minor's guardians are told in his place (MIN-1), of the child by the first name. */
async function minorsName({ holder, child }: Deleted, now: number) {
  if (!child || !isMinor(child, now)) return undefined;
  const [name = ''] = (await openPerson(holder)).givenNames.split(/[ ,]/);
  return { name, rank: child.rank };
}

/** By which way he was told: what is left to a letter has reached him by no other. */
async function tell(
  { person, addresses, mobile }: Reachable,
  child: ChildNamed | undefined,
): Promise<Way> {
  let isTold = false;
  for (const address of addresses)
    if (await isTaken(sendMail(address, forChild(recordDeleted(person), child)))) isTold = true;
  if (isTold) return 'mail';
  if (mobile === undefined) return 'letter';
  return (await isTaken(sendText(mobile, deletedText(child !== undefined)))) ? 'sms' : 'letter';
}

async function isTaken(sending: Promise<void>): Promise<boolean> {
  try {
    await sending;
    return true;
  } catch (error) {
    if (error instanceof Undeliverable || error instanceof Unreachable) return false;
    throw error;
  }
}

/** Leaves the last news to a letter, which the line's fact has printed while there still is a name to print. */
async function orderLetter(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'tell' || step.status.lastLetterUntil !== undefined) return 'skipped';
    const to: Deleted = { ...step.status, lastLetterUntil: lastLetterEnds(now) };
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'post' },
      action: 'enrolment/order-last-letter',
      object: record(to, {}),
    });
    await transact([statusWrite(next, step.status.version), journalWrite(line)]);
    return 'told';
  });
}

/** `way`: by which he was told, as the line says it. */
async function forget(holder: string, now: number, way: Way) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'tell') return 'skipped';
    // What a file brought in between is taken away with the rest.
    const { untold: _, namedAgain: _n, lastLetterUntil: _l, ...told } = step.status;
    const lookup = await findByNir(told.nirTag);
    const asChild = told.child && (await findByGuardian(told.child.tag));
    const traceUntil = traceEnds(Date.parse(told.deletedAt), delays);
    const to: Deleted = { ...told, informBy: 'letter', traceUntil };
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' } },
      channel: channelOf(way),
      ...(way === 'nobody' ? { reason: 'enrolment/nobody-to-tell' } : {}),
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
