import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { objectionDay, objectionDeadline, parisDay } from '#shared/kernel/calendar.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { newId } from '#shared/random.ts';
import { findAddressee } from './addressee.ts';
import { waitingCode } from './codes.ts';
import { noteDeadline } from './deadline-store.ts';
import { append, record } from './lines.ts';
import { childInvitation } from './mails/for-child.ts';
import { invitation } from './mails/invitation.ts';
import { ObjectionDays, type Prepared, prepareCode, promoted, tagsOf } from './next-code.ts';
import { codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';
import { awaitsGuardian } from './rules/unrepresented.ts';
import type { Invited, Status } from './stored.ts';
import { progressCount } from './wave-store.ts';
import { keptBack } from './withheld-store.ts';

const { OBJECTION_DAYS: days } = env({ OBJECTION_DAYS: ObjectionDays });

export interface Inviting {
  readonly holder: string;
  readonly wave: string;
  /** Which of the worker's lanes counts this person. */
  readonly lane: string;
  /** Read again when the mail was accepted: the deadline runs from then. */
  readonly clock: () => number;
}

const isByMail = (status: Status | undefined): status is Extract<Status, { status: 'known' }> =>
  status?.status === 'known' &&
  status.informBy === 'mail' &&
  status.leftAt === undefined &&
  !awaitsGuardian(status);

const by = { actor: { kind: 'system', id: 'sending' } } as const;

/** When a mail sent at an instant sets the deadline, as stored. */
function deadlineOf(sentAt: number, department: string): string {
  return new Date(objectionDeadline({ sentAt, department, days })).toISOString();
}

/**
 * Gives one person a code, a mail and a deadline (ENR-1, ENR-2). Safe to repeat: a code made before a
 * crash is sent again, at worst a mail is doubled, never lost. Says `skipped` for whom nothing is due.
 */
export async function sendInvitation(
  inviting: Inviting,
): Promise<'invited' | 'deferred' | 'skipped'> {
  const { holder, wave, clock } = inviting;
  const due = await prepareCode({ holder, purpose: `wave:${wave}` }, isByMail);
  if (!due) return 'skipped';
  const { status, prepared } = due;
  const sentAt = clock();
  const to = await findAddressee(status, sentAt);
  if (!to) return 'skipped';
  const { person, child } = to;
  // Noted before anybody has it, so that the opening cannot miss it.
  await noteDeadline(deadlineOf(sentAt, status.department));
  const code = await waitingCode(holder, prepared.next);
  try {
    const told = { person, code, until: objectionDay(sentAt, days) };
    const letter = child ? childInvitation({ ...told, child }) : invitation(told);
    await sendMail(person.email ?? '', letter, tagsOf(prepared));
  } catch (error) {
    if (error instanceof Undeliverable) return deferToLetter(inviting, 'enrolment/undeliverable');
    throw error;
  }
  const acceptedAt = clock();
  // Accepted after midnight: the day counts from the acceptance, in the person's favour.
  if (parisDay(acceptedAt) !== parisDay(sentAt))
    await noteDeadline(deadlineOf(acceptedAt, status.department));
  return informed(inviting, acceptedAt, prepared.next.purpose);
}

async function informed(to: Inviting, acceptedAt: number, purpose: string) {
  const { holder, wave, lane } = to;
  return untilUnrivalled(async () => {
    const [status, code] = await Promise.all([loadStatus(holder), loadCode(holder)]);
    if (!isByMail(status) || !isPrepared(code, purpose)) return 'skipped';
    const { department } = status;
    // Informed by mail: whatever becomes of a letter in print changes nothing.
    const { letter: _letter, ...rest } = status;
    const informedAt = new Date(acceptedAt).toISOString();
    const deadlineAt = deadlineOf(acceptedAt, department);
    await noteDeadline(deadlineAt);
    const invited: Invited = { ...rest, status: 'invited', wave, informedAt, deadlineAt };
    const { next, line } = append(invited, holder, {
      id: newId(),
      at: acceptedAt,
      ...by,
      channel: 'mail',
      action: 'enrolment/send-invitation',
      object: record(invited, { from: 'known', to: 'invited' }),
    });
    await transact([
      statusWrite(next, status.version),
      ...keptBack(status, next),
      codeWrite(promoted(code, { sentAt: informedAt, validUntil: deadlineAt }), code.revision),
      journalWrite(line),
      progressCount({ wave, department, lane }, 'invited'),
    ]);
    return 'invited';
  });
}

function isPrepared(code: Awaited<ReturnType<typeof loadCode>>, purpose: string): code is Prepared {
  return code?.next?.purpose === purpose;
}

/** Leaves a person to a letter, for a reason or for want of an address: no deadline runs until it is posted (ENR-1). */
export async function deferToLetter(
  to: Inviting,
  reason?: 'enrolment/undeliverable',
): Promise<'deferred' | 'skipped'> {
  const { holder, wave, lane, clock } = to;
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    if (status?.status !== 'known' || status.leftAt || status.wave === wave) return 'skipped';
    if (awaitsGuardian(status)) return 'skipped';
    const { department } = status;
    const deferred: Status = { ...status, informBy: 'letter', wave };
    const { next, line } = append(deferred, holder, {
      id: newId(),
      at: clock(),
      ...by,
      channel: 'clock',
      action: 'enrolment/defer-to-letter',
      object: record(deferred, { from: 'known', to: 'known' }, status),
      ...(reason ? { reason } : {}),
    });
    await transact([
      statusWrite(next, status.version),
      journalWrite(line),
      progressCount({ wave, department, lane }, 'deferred'),
    ]);
    return 'deferred';
  });
}
