import { conditionsNow } from '#shared/access/conditions.ts';
import { untilUnrivalled } from '#shared/aws/transact.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { findLink } from '#shared/record/link.ts';
import { linkTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { type Attempting, tell } from './attempt.ts';
import { type Claimed, identify, readClaimed } from './identify.ts';
import { actsForHimself, isGuardiansCard } from './own-card.ts';
import { nameOf, prepare } from './prepare-activation.ts';
import { recognised } from './recognised.ts';
import { activationRoutes as routes } from './routes-activation.ts';
import { judgeActivation } from './rules/judge-activation.ts';
import { mayHaveAccount } from './rules/own-card.ts';
import { refuse } from './rules.ts';
import type { ActivationRequest, Begun } from './schema.ts';
import { begun, sendWaiting } from './send-otp.ts';
import type { Status } from './stored.ts';

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
  const { version } = conditionsNow(receivedAt);
  if (body.conditions !== version) throw refuse('conditions-outdated', { version });
  const claimed = await identify({ nir: body.nir, sourceIp, receivedAt });
  const account = linkTag(claimed.key, 'holder', subject);
  const attempting: Attempting = {
    ...{ claimed, receivedAt, now, actor: nameOf(account) },
    ...{ action: 'enrolment/begin-activation', ofMinors: actsForHimself },
  };
  const toSend = await untilUnrivalled(async () => {
    const [stored, link] = await Promise.all([
      readClaimed(claimed),
      findLink(account, { consistent: true }),
    ]);
    const who = await recognised(attempting, stored, body);
    const { status } = who;
    const byMinor = actsForHimself(claimed, status, receivedAt);
    const whyNot = byMinor ? await whyNotMinor(claimed, status, body.cardSerial) : undefined;
    const judged = judgeActivation({
      ...who,
      isOwn: status.status === 'activated' && sameFingerprint(status.linkTag, account),
      isTaken: link !== undefined && link.holder !== claimed.holder,
      receivedAt: new Date(receivedAt).toISOString(),
    });
    const verdict = whyNot ?? judged;
    if (verdict !== 'activate' && verdict !== 'relink') {
      await tell(attempting, stored, verdict);
      throw refuse(verdict);
    }
    const { generation } = who.code;
    return prepare(body, attempting, { status, way: { generation }, account });
  });
  return toSend.otp === undefined ? begun(toSend) : sendWaiting(toSend, now);
}

/** Why a minor who was recognised gets no account of his own: his guardians decide whether there is a record. */
async function whyNotMinor(claimed: Claimed, status: Status, cardSerial: string) {
  if (!mayHaveAccount(status)) return 'not-activable';
  return (await isGuardiansCard(claimed, status, cardSerial)) ? 'card-mismatch' : undefined;
}
