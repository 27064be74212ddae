import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { noteDeadline } from './deadline-store.ts';
import { loadMember, memberWrite } from './letter-store.ts';
import { append, record } from './lines.ts';
import { ObjectionDays, promoted } from './next-code.ts';
import { codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';
import { carried } from './rules/carried.ts';
import { judgePosting } from './rules/judge-letter.ts';
import { informedFrom } from './rules/judge-posting-day.ts';
import { isToBeWrittenTo } from './rules/letter-due.ts';
import type { Invited, Status } from './stored.ts';
import type { Code, CurrentCode } from './stored-code.ts';
import type { LetterBatch, Member } from './stored-letters.ts';
import { progressCount } from './wave-store.ts';

const { OBJECTION_DAYS: days } = env({ OBJECTION_DAYS: ObjectionDays });

export interface Settling {
  readonly batch: string;
  readonly place: number;
  readonly posting: NonNullable<LetterBatch['posting']>;
  readonly isPosted: boolean;
  /** Which of the worker's lanes counts this person. */
  readonly lane: number;
  readonly now: number;
}

/** Of a letter: whose it is, the code as it stands, and since when and until when it is good. */
interface Posted extends Settling {
  readonly member: Member;
  readonly status: Status;
  readonly code: Code | undefined;
  readonly sentAt: string;
  readonly deadlineAt: string;
}

/** Does to one person what was told of the posting of his letter (ENR-1, ENR-2); once, however often. */
export async function settlePosting(settling: Settling): Promise<void> {
  const { batch, place, posting, isPosted } = settling;
  await untilUnrivalled(async () => {
    const member = await loadMember(batch, place);
    if (member.became) return;
    const { holder } = member;
    const [code, status] = [await loadCode(holder), await loadStatus(holder)];
    // Of a record that was merged into another since: it informs nobody of that one.
    if (!status) return transact([memberWrite(batch, { ...member, became: 'nothing' }, member)]);
    const { department } = status;
    const reportedAt = Date.parse(posting.reportedAt);
    const from = informedFrom({ on: posting.on, reportedAt, department, days });
    const deadline = objectionDeadline({ sentAt: from, department, days });
    const dates = {
      sentAt: new Date(from).toISOString(),
      deadlineAt: new Date(deadline).toISOString(),
    };
    const posted: Posted = { ...settling, ...dates, member, status, code };
    switch (judgePosting({ status, letter: member, isPosted })) {
      case 'starts':
        return starts(posted);
      case 'brings-code':
        return bringsCode(posted);
      case 'again':
        return again(posted);
      case 'nothing':
        return transact([memberWrite(batch, { ...member, became: 'nothing' }, member)]);
    }
  });
}

const lineBy = ({ now }: Settling) => ({
  ...{ id: newId(), at: now, actor: { kind: 'system' as const, id: 'letters' } },
  channel: 'post' as const,
});

/** His letter, posted from now on. */
const letterOf = ({ batch, member, posting }: Posted) => ({
  ...{ batch, reference: member.reference, postedOn: posting.on },
});

async function starts(posted: Posted): Promise<void> {
  const { status, code, member, sentAt, deadlineAt, batch, lane } = posted;
  const { holder, version, headSeq, headHash, department, wave, informBy } = status;
  const { cardTag, birthTag } = status;
  const own = code?.current && isOf(member, code.current) ? code.current : undefined;
  const invited: Invited = {
    ...{ holder, version, headSeq, headHash, department, informBy, cardTag, birthTag },
    ...carried(status),
    ...(wave === undefined ? {} : { wave }),
    ...{ status: 'invited', informedAt: sentAt, deadlineAt, letter: letterOf(posted) },
    informedBy: member.reference,
    // Burnt before anybody told of the posting: the opening waits as for any burnt code.
    ...(own?.burntAt ? { frozen: true } : {}),
  };
  await noteDeadline(deadlineAt);
  const { next, line } = append(invited, holder, {
    ...lineBy(posted),
    action: 'enrolment/send-letter',
    object: record(invited, { from: status.status, to: 'invited' }),
  });
  const current = own && { ...own, sentAt, validUntil: deadlineAt };
  await transact([
    memberWrite(batch, { ...member, became: 'posted' }, member),
    statusWrite(next, status.version),
    journalWrite(line),
    ...(code && current
      ? [codeWrite({ ...code, revision: code.revision + 1, current }, code.revision)]
      : []),
    ...(wave === undefined
      ? []
      : [progressCount({ wave, department, lane: `letters#${lane}` }, 'written')]),
  ]);
}

async function bringsCode(posted: Posted): Promise<void> {
  const { status, code, member, sentAt, deadlineAt, batch } = posted;
  const { next, line } = append<Status>({ ...status, letter: letterOf(posted) }, member.holder, {
    ...lineBy(posted),
    action: 'enrolment/renew-code',
    object: record(status, { from: status.status, to: status.status }),
  });
  const waits = code?.next && isOf(member, code.next) ? code.next : undefined;
  await transact([
    memberWrite(batch, { ...member, became: 'posted' }, member),
    statusWrite(next, status.version),
    journalWrite(line),
    // A mail may have brought the same code before.
    ...(code && waits
      ? [
          codeWrite(
            promoted({ ...code, next: waits }, { sentAt, validUntil: deadlineAt }),
            code.revision,
          ),
        ]
      : []),
  ]);
}

/**
 * The sheet was spoiled: a letter is due again. Who asked for it, or would not be written to of himself, has a wish; whom
 * a wave left to a letter stands where he stood, so that a pause of it holds him.
 */
async function again(posted: Posted): Promise<void> {
  const { status, code, member, batch } = posted;
  const { letter: _letter, ...rest } = status;
  const { next, line } = append<Status>(rest, member.holder, {
    ...lineBy(posted),
    action: 'enrolment/spoil-letter',
    object: record(status, {}),
  });
  const wish = {
    ...(code ?? { holder: member.holder, revision: 0 }),
    letterFor: status.department,
    ...(member.afterBurning ? { afterBurning: true as const } : {}),
  };
  const isWish = member.asked === true || !isToBeWrittenTo(rest);
  await transact([
    memberWrite(batch, { ...member, became: 'spoiled' }, member),
    statusWrite(next, status.version),
    journalWrite(line),
    ...(isWish ? [codeWrite({ ...wish, revision: wish.revision + 1 }, code?.revision)] : []),
  ]);
}

/** Whether a code is the one in a letter, by its salt. */
function isOf({ salt }: Member, code: Pick<CurrentCode, 'salt'>): boolean {
  return Buffer.from(salt).equals(code.salt);
}
