import { transact } from '#shared/aws/transact.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parseCode } from '#shared/kernel/code.ts';
import { newId } from '#shared/random.ts';
import { decoyWrites, networkWrite, triedWrite } from './attempts-store.ts';
import {
  type Claimed,
  cardFits,
  claimFits,
  codeFits,
  onBeat,
  placeOf,
  type Stored,
} from './identify.ts';
import { append, record } from './lines.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import type { Attempt, NotRecognised } from './rules/judge-attempt.ts';
import type { Status } from './stored.ts';
import type { Code } from './stored-code.ts';

/** Somebody's try with NIR, card and code, and as what the journal names it. */
export interface Attempting {
  readonly claimed: Claimed;
  readonly receivedAt: number;
  readonly now: number;
  readonly actor: Actor;
  readonly action:
    | 'enrolment/oppose'
    | 'enrolment/begin-activation'
    | 'enrolment/activate-child'
    | 'enrolment/open-assisted-session';
  /** By which way; on the web unless said. */
  readonly channel?: 'web' | 'desk';
  /** Whether a minor may do it himself, once he has the age for it (MIN-4); not unless said. */
  readonly ofMinors?: (claimed: Claimed, status: Status | undefined, at: number) => boolean;
}

/** What is known of a try, for the rules: the same reads and hashing whoever it is about. */
export async function attemptOf(
  { claimed, receivedAt, ofMinors }: Pick<Attempting, 'claimed' | 'receivedAt' | 'ofMinors'>,
  { status, code, counts }: Stored,
  given: { cardSerial: string; code: string },
): Promise<Attempt> {
  const read = parseCode(given.code);
  const byMinor = ofMinors?.(claimed, status, receivedAt) === true;
  return {
    status,
    code: code?.current,
    codeFits: await codeFits(code, read.ok ? read.code : ''),
    cardFits: cardFits(claimed, status, given.cardSerial),
    claimFits: byMinor || claimFits(claimed, status, receivedAt),
    byMinor,
    softFailures: counts.soft,
    ownHardFailures: counts.hard,
    receivedAt: new Date(receivedAt).toISOString(),
  };
}

/** The code with a change of what is current. */
export function revised(code: Code, change: Partial<NonNullable<Code['current']>>): Code {
  const { current } = code;
  return {
    ...code,
    revision: code.revision + 1,
    ...(current ? { current: { ...current, ...change } } : {}),
  };
}

/** What the lines of an attempt share. */
export const lineOf = ({ claimed, receivedAt, actor, channel = 'web' }: Attempting) => ({
  id: newId(),
  at: receivedAt,
  actor,
  channel,
  place: placeOf(claimed),
});

/** Leaves the real reason in the journal, for agents. */
function refusedLine(attempting: Attempting, status: Status, reason: string) {
  return append(status, status.holder, {
    ...lineOf(attempting),
    action: attempting.action,
    object: record(status, {}),
    outcome: 'refused',
    reason: `enrolment/${reason}`,
  });
}

/** Notes why somebody who was recognised could not do it; the caller tells him. */
export async function tell(
  attempting: Attempting,
  { status }: Stored,
  reason: string,
): Promise<void> {
  if (!status) return;
  const { next, line } = refusedLine(attempting, status, reason);
  await transact([statusWrite(next, status.version), journalWrite(line)]);
}

/** Five writes whatever failed, for somebody or nobody, and then the next beat: the answer's time says nothing. */
export async function fail(
  attempting: Attempting,
  stored: Stored,
  who: NotRecognised,
): Promise<void> {
  await count(attempting, stored, who);
  await onBeat(attempting.claimed);
}

async function count(
  attempting: Attempting,
  stored: Stored,
  { counts, reason }: NotRecognised,
): Promise<void> {
  const { now, claimed } = attempting;
  const { status, code } = stored;
  const network = networkWrite(claimed.at, now);
  if (!status || counts === 'unheard') return transact([network, ...decoyWrites(4, now)]);
  const { soft, hard } = stored.counts;
  const tried = (raised: { soft: number; hard: number }) =>
    triedWrite(claimed.at, {
      before: stored.tried,
      counts: { ...stored.counts, ...raised },
      code: code?.current,
      now,
    });
  if (counts === 'network' || counts === 'soft' || !code?.current) {
    const { next, line } = refusedLine(attempting, status, reason);
    const told = [statusWrite(next, status.version), journalWrite(line)];
    const counted = counts === 'soft' ? [tried({ soft: soft + 1, hard })] : decoyWrites(1, now);
    return transact([network, ...counted, ...told, ...decoyWrites(1, now)]);
  }
  const failures = code.current.failures + 1;
  const burntAt = new Date(now).toISOString();
  const burns = counts === 'burns';
  const { next, line } = burns
    ? burnt(attempting, status)
    : refusedLine(attempting, status, reason);
  return transact([
    network,
    tried({ soft: soft + 1, hard: hard + 1 }),
    statusWrite(next, status.version),
    codeWrite(revised(code, { failures, ...(burns ? { burntAt } : {}) }), code.revision),
    journalWrite(line),
  ]);
}

/** Of who is invited, the opening waits until a new code was sent and its own time has run: a lock-out must not take the right. */
function burnt(attempting: Attempting, status: Status) {
  const to: Status = status.status === 'invited' ? { ...status, frozen: true } : status;
  return append<Status>(to, status.holder, {
    ...lineOf(attempting),
    action: 'enrolment/burn-code',
    object: record(status, { from: status.status, to: status.status }),
    reason: 'enrolment/wrong-code',
  });
}
