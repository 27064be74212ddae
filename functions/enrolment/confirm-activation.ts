import { Rivalled, transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { contactsWrite } from '#shared/record/contacts.ts';
import { findLink, linkWrite, unlinkWrite } from '#shared/record/link.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { noAccountTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { loadPending, type Pending, pendingWrite, savePending } from './activation-store.ts';
import { revised } from './attempt.ts';
import { append, branchOf, record } from './lines.ts';
import { otpFits, otpLimits } from './otp.ts';
import { ownPending } from './own-pending.ts';
import { codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';
import { activationRoutes as routes } from './routes-activation.ts';
import { type Activation, activationOf, actOf } from './rules/judge-activation.ts';
import { withoutCall } from './rules/judge-agent-closure.ts';
import { wasOwn } from './rules/judge-closure.ts';
import { judgeOtp } from './rules/judge-otp.ts';
import { newlyActivated } from './rules/newly-activated.ts';
import { mayHaveAccount } from './rules/own-card.ts';
import { reopened } from './rules/reopened.ts';
import { refuse } from './rules.ts';
import type { ActivatedRecord } from './schema.ts';
import type { Activated, Status } from './stored.ts';
import type { Code } from './stored-code.ts';
import { keptBack } from './withheld-store.ts';

export interface Confirming {
  readonly activation: string;
  readonly otp: string;
  readonly subject: string;
  readonly receivedAt: number;
  readonly now: number;
}

export const confirmActivation = operation(routes.confirmActivation, async (asked) => {
  const { params, body, caller, receivedAt, now } = asked;
  const { subject } = signedIn(caller);
  return { status: 200, body: await confirm({ ...params, ...body, subject, receivedAt, now }) };
});

/**
 * Activates the record whose address was confirmed (rules of the sign-in: six digits, five tries, ten
 * minutes). The same digits again get the same answer. Whether the provisional code was in time was
 * decided when it was given; here it only must not have served since.
 */
export async function confirm(asked: Confirming): Promise<ActivatedRecord> {
  const pepper = await secretOrNobodys('pepper');
  return untilUnrivalled(async () => {
    const pending = await ownPending(asked);
    const given = {
      fits: otpFits(pepper, pending, asked.otp),
      receivedAt: new Date(asked.receivedAt).toISOString(),
    };
    const verdict = judgeOtp(pending, given, otpLimits);
    switch (verdict) {
      case 'confirmed':
        return activate(asked, pending);
      case 'repeat':
        return answerAgain(pending);
      case 'otp-wrong':
        throw await wrong(pending);
      default:
        throw refuse(verdict);
    }
  });
}

/** Counts wrong digits; two at once cannot be counted as one. */
async function wrong(pending: Pending): Promise<Error> {
  if (pending.doneAt !== undefined) return refuse('unknown-activation');
  const tries = pending.tries + 1;
  if (!(await savePending({ ...pending, tries }, pending))) return new Rivalled();
  const triesLeft = otpLimits.tries - tries;
  return triesLeft > 0 ? refuse('otp-wrong', { triesLeft }) : refuse('otp-dead');
}

async function answerAgain({ holder, linkTag }: Pending): Promise<ActivatedRecord> {
  const status = await loadStatus(holder);
  // Given to another account since: there is nothing to tell this one.
  if (status?.status !== 'activated' || !sameFingerprint(status.linkTag, linkTag))
    throw refuse('unknown-activation');
  return told(status);
}

const told = ({ holder, activatedAt, conditions }: Activated): ActivatedRecord => ({
  status: 'activated',
  holder,
  activatedAt,
  conditions,
});

async function activate(asked: Confirming, pending: Pending): Promise<ActivatedRecord> {
  const { holder, linkTag } = pending;
  const [status, code, link] = await Promise.all([
    loadStatus(holder),
    loadCode(holder),
    findLink(linkTag, { consistent: true }),
  ]);
  // Whoever died has no code any more; nor has he whose death was told wrongly, until he is sent another. A record
  // that was merged into another is activated no more: the code of the other one is.
  if (!status || status.status === 'deceased') throw refuse('not-activable');
  if (!code?.current && pending.by === undefined) throw refuse('code-expired');
  const byMinor = status.child !== undefined && isMinor(status.child, asked.receivedAt);
  const move = byMinor && !mayHaveAccount(status) ? 'not-activable' : activationOf(status);
  const refused = whyNot(pending, { status, code: code?.current, link });
  if (refused === undefined && move !== 'not-activable')
    return write(asked, pending, { status, code, move, byMinor });
  // The same digits twice at once: what is in the way may be that the other one was done since this one was read.
  if ((await loadPending(pending.activation))?.doneAt !== undefined) return answerAgain(pending);
  throw refuse(refused ?? 'not-activable');
}

function whyNot(
  { holder, linkTag, generation, by }: Pending,
  stands: {
    status: Status;
    code: Code['current'];
    link: Awaited<ReturnType<typeof findLink>>;
  },
) {
  const { status, code, link } = stands;
  if (status.status === 'activated' && sameFingerprint(status.linkTag, linkTag))
    return 'already-linked';
  if (link && link.holder !== holder) return 'account-taken';
  if (by === 'identity')
    return 'closedAfter' in status && status.closedAfter ? 'code-required' : undefined;
  if (code?.generation !== generation) return 'code-expired';
  return code?.usedAt === undefined ? undefined : 'code-used';
}

async function write(
  { receivedAt, now }: Confirming,
  pending: Pending,
  stands: { status: Status; code: Code | undefined; move: Activation; byMinor: boolean },
): Promise<ActivatedRecord> {
  const { status, code, move, byMinor } = stands;
  const { holder, linkTag, email } = pending;
  const at = new Date(receivedAt).toISOString();
  const before = ('linkTag' in status && status.linkTag) || linkTag;
  const nobodys = noAccountTag(await secretOrNobodys('lookup'), holder);
  const isOfGuardians = sameFingerprint(before, nobodys);
  const to = activated(status, pending, { at, isOfGuardians, byMinor });
  const former = sameFingerprint(before, linkTag) ? undefined : before;
  const { next, line } = append(to, holder, {
    id: newId(),
    at: receivedAt,
    actor: { kind: 'holder', id: holder },
    channel: 'web',
    action: actOf(move, byMinor),
    object: record(status, { from: status.status, to: 'activated' }),
  });
  const usedAt = new Date(now).toISOString();
  await transact([
    statusWrite(next, status.version),
    ...keptBack(status, next),
    // Also of who came without one: a code that lies about must not give his record to somebody else.
    ...(code?.current && !code.current.usedAt
      ? [codeWrite(revised(code, { usedAt }), code.revision)]
      : []),
    linkWrite(linkTag, { holder, linkedAt: at }),
    ...(former === undefined ? [] : [unlinkWrite(former, holder)]),
    await contactsWrite({ holder, email, branch: branchOf(status.department) }),
    await pendingWrite({ ...pending, doneAt: usedAt }, pending),
    journalWrite(line),
  ]);
  return told(to);
}

interface Standing {
  /** ISO. */
  readonly at: string;
  /** Whether no account was linked to it before: it was opened by guardians, who may have left it since. */
  readonly isOfGuardians: boolean;
  /** A minor's own account stands beside his guardians, who stay until he is of age (MIN-4). */
  readonly byMinor: boolean;
}

/** The record as this account's; of one that was activated before, closed since or not, choices and day stay. */
function activated(
  status: Status,
  pending: Pending,
  { at, isOfGuardians, byMinor }: Standing,
): Activated {
  const { conditions, choices, linkTag } = pending;
  // What his guardians chose stays chosen.
  if (status.status === 'activated' && byMinor) return { ...status, conditions, linkTag };
  // A record that his guardians had is his own from now on, and he chooses anew (MIN-5).
  if (status.status === 'activated' && isOfGuardians)
    return { ...grownUp(status), conditions, choices, linkTag };
  if (status.status === 'activated') return { ...withoutCall(status), conditions, linkTag };
  if (wasOwn(status) && isOfGuardians)
    return { ...grownUp(reopened(status, at)), conditions, choices, linkTag };
  if (wasOwn(status)) return { ...reopened(status, at), conditions, linkTag };
  return { ...newlyActivated(status), activatedAt: at, linkTag, conditions, choices };
}

/** A record without its guardians. That it was a child's stays: what was kept from them has its own place. */
function grownUp({
  guardians: _g,
  second: _s,
  closing: _c,
  agentClosing: _a,
  ...own
}: Activated): Activated {
  return own;
}
