import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { idOf } from '#shared/kernel/ids.ts';
import { newId } from '#shared/random.ts';
import { findLink } from '#shared/record/link.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { linkTag } from '#shared/record/tags.ts';
import { fingerprint, sameFingerprint } from '#shared/sealing/secrets.ts';
import { loadPending, type Pending, pendingWrite } from './activation-store.ts';
import { type Attempting, attemptOf, fail, tell } from './attempt.ts';
import { conditionsVersion } from './conditions.ts';
import { type Claimed, identify, limits, placeOf, readClaimed, withinQuota } from './identify.ts';
import { append, record } from './lines.ts';
import { otpLimits } from './otp.ts';
import { statusWrite } from './person-store.ts';
import { routes } from './routes.ts';
import { judgeActivation } from './rules/judge-activation.ts';
import { type Recognised, recognise } from './rules/judge-attempt.ts';
import { refuse } from './rules.ts';
import type { ActivationRequest, Begun } from './schema.ts';
import { begun, sendingTo, sendWaiting, withOtp } from './send-otp.ts';

export interface Beginning {
  readonly body: ActivationRequest;
  /** The issuer's name for the citizen who is signed in. */
  readonly subject: string;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
}

export const beginActivation = operation(routes.beginActivation, async (asked) => ({
  status: 202,
  body: await begin({ ...asked, subject: signedIn(asked.caller).subject }),
}));

/**
 * Begins an activation (ENR-3, ENR-41): judges NIR, card and code as an objection's are, then sends six
 * digits to the address that is to be confirmed. The same request again gets the same answer and no
 * second mail; half a minute later it sends new digits.
 */
export async function begin(asked: Beginning): Promise<Begun> {
  const { body, sourceIp, receivedAt, now, subject } = asked;
  if (body.conditions !== conditionsVersion)
    throw refuse('conditions-outdated', { version: conditionsVersion });
  const claimed = await identify({ nir: body.nir, sourceIp, receivedAt });
  const account = linkTag(claimed.key, 'holder', subject);
  const attempting: Attempting = {
    ...{ claimed, receivedAt, now, actor: nameOf(account) },
    action: 'enrolment/begin-activation',
  };
  const toSend = await untilUnrivalled(async () => {
    const [stored, link] = await Promise.all([
      readClaimed(claimed),
      findLink(account, { consistent: true }),
    ]);
    const who = recognise(await attemptOf(attempting, stored, body), limits);
    if (who.is === 'not-recognised') {
      withinQuota(claimed);
      await fail(attempting, stored, who);
      throw refuse('not-recognised');
    }
    const { status } = who;
    const verdict = judgeActivation({
      ...who,
      isOwn: status.status === 'activated' && sameFingerprint(status.linkTag, account),
      isTaken: link !== undefined && link.holder !== claimed.holder,
      receivedAt: new Date(receivedAt).toISOString(),
    });
    if (verdict !== 'activate' && verdict !== 'relink') {
      await tell(attempting, stored, verdict);
      throw refuse(verdict);
    }
    return prepare(asked, attempting, { who, account });
  });
  return toSend.otp === undefined ? begun(toSend) : sendWaiting(toSend, now);
}

/** An account that is nobody's yet, as the journal names it. */
const nameOf = (account: string): Actor => ({
  kind: 'anonymous',
  id: `account-${account.slice(0, 16)}`,
});

/** One activation for an account and a code: who begins it again goes on with it. */
function activationId({ key, holder }: Claimed, account: string, generation: number): string {
  const tag = fingerprint(key, 'activation', holder, account, String(generation));
  return idOf(Buffer.from(tag, 'base64url'));
}

/** The activation with digits that wait to be sent, or as it stands where they were just sent. */
async function prepare(
  asked: Beginning,
  attempting: Attempting,
  { who, account }: { who: Recognised; account: string },
): Promise<Pending> {
  const { body, receivedAt, now } = asked;
  const { claimed } = attempting;
  const { status, code } = who;
  const activation = activationId(claimed, account, code.generation);
  const before = await loadPending(activation);
  const sending = sendingTo(body.email, before, receivedAt);
  if (sending.is === 'refused')
    throw refuse(sending.reason, { retryAfterSeconds: sending.retryAfterSeconds });
  if (before && sending.is !== 'prepare') return before;
  const goesOn = before && receivedAt <= Date.parse(before.endsAt) ? before : undefined;
  const acceptedAt = new Date(receivedAt).toISOString();
  const pepper = await secretOrNobodys('pepper');
  const revision = (before?.revision ?? 0) + 1;
  const pending = withOtp(
    {
      ...{ activation, revision, holder: claimed.holder, department: status.department },
      ...{ linkTag: account, generation: code.generation },
      conditions: { version: body.conditions, acceptedAt },
      choices: body.choices,
      endsAt: goesOn?.endsAt ?? new Date(now + otpLimits.lastsSeconds * 1000).toISOString(),
      sends: goesOn?.sends ?? 0,
      email: body.email,
    },
    pepper,
    now,
  );
  const { next, line } = append(status, status.holder, {
    id: newId(),
    at: receivedAt,
    actor: attempting.actor,
    channel: 'web',
    place: placeOf(claimed),
    action: 'enrolment/begin-activation',
    object: record(status, {}),
  });
  await transact([
    await pendingWrite(pending, before),
    statusWrite(next, status.version),
    journalWrite(line),
  ]);
  return pending;
}
