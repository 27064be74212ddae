import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import {
  type Day,
  dayOfDeadline,
  objectionDay,
  objectionDeadline,
} from '#shared/kernel/calendar.ts';
import type { Letter } from '#shared/mail/letter.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { newId } from '#shared/random.ts';
import { findPerson } from '#shared/record/person.ts';
import { sendText, Unreachable } from '#shared/sms/send.ts';
import { type Addressee, findAddressee } from './addressee.ts';
import { waitingCode } from './codes.ts';
import { noteDeadline } from './deadline-store.ts';
import { append, record } from './lines.ts';
import { activationCode } from './mails/activation-code.ts';
import { childInvitation, forChild } from './mails/for-child.ts';
import { newCode } from './mails/new-code.ts';
import { comesToGuardian } from './minors-address.ts';
import { ObjectionDays, prepareCode, promoted, tagsOf } from './next-code.ts';
import { codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';
import { carried } from './rules/carried.ts';
import { deadlineRuns } from './rules/deadline-runs.ts';
import { isGone } from './rules/gone.ts';
import { isUnrepresented } from './rules/unrepresented.ts';
import type { Invited, Status } from './stored.ts';
import type { Code } from './stored-code.ts';
import { codeText } from './texts/code-text.ts';
import { keptBack } from './withheld-store.ts';

const { OBJECTION_DAYS: days } = env({ OBJECTION_DAYS: ObjectionDays });

/** Whose opening is not decided yet: the code is to object with, or to activate. */
type Undecided = Extract<Status, { status: 'known' | 'invited' }>;

type Channel = 'mail' | 'sms';

const isUndecided = (status: Status): status is Undecided =>
  status.status === 'known' || status.status === 'invited';

/** Whose record is being deleted is sent nothing that says how to activate it (ENR-44). */
const isThere = (status: Status | undefined): status is Status =>
  status !== undefined && !isGone(status);

/** A person not informed yet or not any more, or whose code was burnt, gets a deadline of his own with the new code. */
const starts = (status: Undecided): boolean => status.status === 'known' || !deadlineRuns(status);

/**
 * Answers a wish for a new code: makes it, sends it by mail or text message, and puts it in the old one's place. The fact may
 * come twice; a wish that was answered, or replaced by a later one, is left alone.
 */
export async function onRequestCode(fact: { holder: string; seq: number }, clock: () => number) {
  const { holder, seq } = fact;
  const wish = await loadCode(holder);
  if (wish?.requested !== seq) return;
  const channel = wish.requestedBy ?? 'mail';
  const isMinors = wish.requestedByMinor === true;
  // Before a code is made: his guardians' own stays as it is.
  if (isMinors && (await comesToGuardian(holder, channel)))
    return laidDown({ holder, seq, at: clock(), channel, reason: 'guardians-address' });
  const due = await prepareCode({ holder, purpose: `request:${seq}` }, isThere);
  const gone = () => laidDown({ holder, seq, at: clock(), channel, reason: 'deletion-begun' });
  if (!due) return gone();
  const { status, prepared } = due;
  const sentAt = clock();
  const to = isMinors ? await himself(holder) : await findAddressee(status, sentAt);
  // His authority was taken since he asked (MIN-2).
  if (!to && !isMinors && isUnrepresented(status, sentAt))
    return laidDown({ holder, seq, at: sentAt, channel, reason: 'not-guardian' });
  if (!to) return gone();
  const code = await waitingCode(holder, prepared.next);
  try {
    if (channel === 'sms') await textTo({ ...to, status, code, sentAt }, tagsOf(prepared));
    else {
      const letter = letterFor(status, { ...to, isMinors, code, sentAt });
      await sendMail(to.person.email ?? '', letter, tagsOf(prepared));
    }
  } catch (error) {
    if (!(error instanceof Undeliverable || error instanceof Unreachable)) throw error;
    return laidDown({ holder, seq, at: clock(), channel, reason: 'undeliverable' });
  }
  await renewed({ holder, purpose: prepared.next.purpose, sentAt: clock(), channel });
}

const himself = async (holder: string): Promise<Addressee | undefined> => {
  const person = await findPerson(holder);
  return person && { person, child: undefined };
};

/** By text message: to the number that the insurance body knows, if it does. */
async function textTo(
  {
    status,
    person,
    child,
    code,
    sentAt,
  }: Addressee & { status: Status; code: string; sentAt: number },
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  if (!person.mobile) throw new Unreachable();
  const validUntil = objectionDay(sentAt, days);
  const until = isUndecided(status) ? (lastDay(status) ?? validUntil) : undefined;
  await sendText(person.mobile, codeText({ code, validUntil, until, isOfChild: !!child }), tags);
}

/** What the mail says of the code depends on what it is good for as things stand. */
function letterFor(
  status: Status,
  { child, isMinors, ...to }: Addressee & { isMinors: boolean; code: string; sentAt: number },
): Letter {
  const validUntil = objectionDay(to.sentAt, days);
  if (!isUndecided(status)) {
    // It takes nobody's place: his guardians stay.
    const isActivated = status.status === 'activated' && !isMinors;
    return forChild(activationCode({ ...to, validUntil, isActivated }), child);
  }
  const until = lastDay(status) ?? validUntil;
  if (child && starts(status)) return childInvitation({ ...to, child, until });
  return forChild(newCode({ ...to, until, validUntil, starts: starts(status) }), child);
}

/** The last day of a deadline that runs and goes on, as the invitation told it. */
function lastDay(status: Undecided): Day | undefined {
  if (status.status !== 'invited' || !deadlineRuns(status)) return undefined;
  return dayOfDeadline(Date.parse(status.deadlineAt));
}

const ends = (sentAt: number, department: string): string =>
  new Date(objectionDeadline({ sentAt, department, days })).toISOString();

/** Says in the journal why the wish could not be met, and lays it down. */
async function laidDown(wish: {
  holder: string;
  seq: number;
  at: number;
  channel: Channel;
  reason: 'undeliverable' | 'guardians-address' | 'not-guardian' | 'deletion-begun';
}): Promise<void> {
  const { holder, seq, at, channel, reason } = wish;
  await untilUnrivalled(async () => {
    const [status, code] = await Promise.all([loadStatus(holder), loadCode(holder)]);
    if (!status || code?.requested !== seq) return;
    const { requested: _r, requestedBy: _b, requestedByMinor: _m, ...rest } = code;
    const { next, line } = append<Status>(status, holder, {
      id: newId(),
      at,
      ...by,
      channel,
      object: record(status, {}),
      outcome: 'refused',
      reason: `enrolment/${reason}`,
    });
    await transact([
      statusWrite(next, status.version),
      codeWrite({ ...rest, revision: code.revision + 1 }, code.revision),
      journalWrite(line),
    ]);
  });
}

const by = {
  actor: { kind: 'system', id: 'facts' },
  action: 'enrolment/renew-code',
} as const;

async function renewed(sent: {
  holder: string;
  purpose: string;
  sentAt: number;
  channel: Channel;
}) {
  const { holder, purpose, sentAt, channel } = sent;
  const at = new Date(sentAt).toISOString();
  await untilUnrivalled(async () => {
    const [status, code] = await Promise.all([loadStatus(holder), loadCode(holder)]);
    if (!status || !isPrepared(code, purpose)) return;
    // No deadline runs for who decided, or whose record is open.
    const to = isUndecided(status) ? informed(status, at) : status;
    if (to.status === 'invited') await noteDeadline(to.deadlineAt);
    const { next, line } = append<Status>(to, holder, {
      id: newId(),
      at: sentAt,
      ...by,
      channel,
      object: record(status, { from: status.status, to: to.status }),
    });
    const validUntil = ends(sentAt, status.department);
    await transact([
      statusWrite(next, status.version),
      ...keptBack(status, next),
      codeWrite(promoted(code, { sentAt: at, validUntil }), code.revision),
      journalWrite(line),
    ]);
  });
}

function informed(status: Undecided, at: string): Invited {
  if (status.status === 'invited' && deadlineRuns(status)) return status;
  const { holder, version, headSeq, headHash, department, wave, informBy } = status;
  const { cardTag, birthTag } = status;
  return {
    ...{ holder, version, headSeq, headHash, department, informBy, cardTag, birthTag },
    ...carried(status),
    ...(wave === undefined ? {} : { wave }),
    status: 'invited',
    informedAt: at,
    deadlineAt: ends(Date.parse(at), department),
  };
}

function isPrepared(
  code: Code | undefined,
  purpose: string,
): code is Parameters<typeof promoted>[0] {
  return code?.next?.purpose === purpose;
}
