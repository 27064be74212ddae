import { conditionsNow } from '#shared/access/conditions.ts';
import { untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { Refused } from '#shared/http/problem.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { findLink } from '#shared/record/link.ts';
import { findPerson } from '#shared/record/person.ts';
import { linkTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { type Attempting, fail, tell } from './attempt.ts';
import { type Claimed, claimFits, identify, readClaimed, withinQuota } from './identify.ts';
import { nameOf, prepare } from './prepare-activation.ts';
import { readIdentity } from './read-identity.ts';
import { activationRoutes as routes } from './routes-activation.ts';
import { type IdentityClaims, isIdentified } from './rules/identity-match.ts';
import { judgeIdentityActivation, recogniseIdentity } from './rules/judge-identity.ts';
import { refuse } from './rules.ts';
import type { Begun } from './schema.ts';
import type { IdentityActivationRequest } from './schema-identity.ts';
import { begun, sendWaiting } from './send-otp.ts';

interface Beginning {
  readonly body: IdentityActivationRequest;
  readonly caller: SignedIn;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
}

export const beginIdentityActivation = operation(routes.beginIdentityActivation, async (asked) => ({
  status: 202,
  body: await begin({ ...asked, caller: signedIn(asked.caller) }),
}));

/**
 * Begins an activation without a code (ENR-3, §1.4: substantial level): the issuer vouches for who the caller is, and
 * that must be whom the insurance body names by the NIR. All that does not fit gets the one answer of a wrong code,
 * and counts on the network. From then on it is an activation like any other.
 */
async function begin(asked: Beginning): Promise<Begun> {
  const { body, caller, sourceIp, receivedAt, now } = asked;
  const { version } = conditionsNow(receivedAt);
  if (body.conditions !== version) throw refuse('conditions-outdated', { version });
  const claims = await readIdentity(body.identity, { caller, now });
  const nir = nirOf(body.nir ?? claims.nir);
  const claimed = await identify({ nir, sourceIp, receivedAt });
  const account = linkTag(claimed.key, 'holder', caller.subject);
  const attempting: Attempting = {
    ...{ claimed, receivedAt, now, actor: nameOf(account) },
    action: 'enrolment/begin-activation',
  };
  const toSend = await untilUnrivalled(async () => {
    const [stored, identityFits, link] = await Promise.all([
      readClaimed(claimed),
      fits(claimed, claims, nir),
      findLink(account, { consistent: true }),
    ]);
    const who = recogniseIdentity({
      status: stored.status,
      claimFits: claimFits(claimed, stored.status, receivedAt),
      identityFits,
    });
    if (who.is === 'not-recognised') {
      await withinQuota(claimed);
      await fail(attempting, stored, who);
      throw refuse('not-recognised');
    }
    const { status } = who;
    const verdict = judgeIdentityActivation({
      status,
      isOwn: status.status === 'activated' && sameFingerprint(status.linkTag, account),
      isTaken: link !== undefined && link.holder !== claimed.holder,
    });
    if (verdict !== 'activate' && verdict !== 'relink') {
      await tell(attempting, stored, verdict);
      throw refuse(verdict);
    }
    return prepare(body, attempting, { status, way: { by: 'identity' }, account });
  });
  return toSend.otp === undefined ? begun(toSend) : sendWaiting(toSend, now);
}

function nirOf(given: string | undefined): string {
  if (given === undefined) throw new Refused([{ field: 'nir', code: 'required' }]);
  const read = parseNir(given);
  return read.ok ? read.nir : '';
}

/** Nobody costs the same read. */
async function fits({ holder }: Claimed, claims: IdentityClaims, nir: string): Promise<boolean> {
  const person = await findPerson(holder);
  return person !== undefined && isIdentified(claims, nir, person);
}
