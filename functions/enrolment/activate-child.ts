import { conditionsNow } from '#shared/access/conditions.ts';
import { findOwn } from '#shared/access/grant.ts';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { childHint } from '#shared/record/guardians.ts';
import { namesOf } from '#shared/record/standing.ts';
import { noAccountTag } from '#shared/record/tags.ts';
import { actingOf } from './acting-guardians.ts';
import { type Attempting, lineOf, revised, tell } from './attempt.ts';
import { blockChild } from './block-child.ts';
import { identify, readClaimed } from './identify.ts';
import { append, record } from './lines.ts';
import { meant } from './meant.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { recognised } from './recognised.ts';
import { activationRoutes as routes } from './routes-activation.ts';
import type { Recognised } from './rules/judge-attempt.ts';
import { guardiansOf, isBarred, judgeChildActivation } from './rules/judge-child.ts';
import { isClosed } from './rules/judge-closure.ts';
import { newlyActivated } from './rules/newly-activated.ts';
import { refuse } from './rules.ts';
import type { ActivatedRecord, ChildActivationRequest } from './schema.ts';
import type { Activated, Status } from './stored.ts';
import type { Code } from './stored-code.ts';
import { keptBack } from './withheld-store.ts';

interface Asking {
  readonly body: ChildActivationRequest;
  readonly caller: SignedIn;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
}

export const activateChild = operation(routes.activateChild, async (asked) => ({
  status: 200,
  body: await activate({ ...asked, caller: signedIn(asked.caller) }),
}));

/**
 * Activates a child's record for the guardian whose account asks (MIN-1, ENR-22, ENR-23). One request: his
 * address was confirmed with his own record, and the child gets no account. Judged by the judge of the
 * objection, counters included. The same request again gets the same answer.
 */
async function activate(asked: Asking): Promise<ActivatedRecord> {
  const { body, caller, sourceIp, receivedAt, now } = asked;
  const { version } = conditionsNow(receivedAt);
  if (body.conditions !== version) throw refuse('conditions-outdated', { version });
  const own = await findOwn(caller);
  if (own?.standing.status !== 'activated') throw refuse('activate-first');
  const guardian = own.standing.holder;
  const names = namesOf(own.standing);
  // The insurance body may know him by the number of a record that was merged into his.
  const named = ({ child: facts }: Status) =>
    names.find((name) => name === facts?.attachedTo) ?? guardian;
  const { nir, child } = body;
  const { claimed, choice } = await meant(
    await identify({ nir, child, sourceIp, receivedAt }),
    body,
    receivedAt,
  );
  const attempting: Attempting = {
    ...{ claimed, receivedAt, now, actor: { kind: 'guardian', id: guardian } },
    action: 'enrolment/activate-child',
  };
  return untilUnrivalled(async () => {
    const stored = await readClaimed(claimed);
    const who = await recognised(attempting, stored, body);
    const acting = isClosed(who.status)
      ? await actingOf(guardiansOf(who.status).map(({ holder }) => holder))
      : new Set<string>();
    const verdict = judgeChildActivation({
      ...{ status: who.status, code: who.code, names, acting, mustChoose: choice !== undefined },
      receivedAt: new Date(receivedAt).toISOString(),
    });
    if (verdict === 'repeat') return toldOf(who.status);
    if (!child.certifies && verdict !== 'which-child' && !isBarred(who.status.child)) {
      await blockChild(attempting, stored);
      throw refuse('not-guardian');
    }
    if (verdict !== 'activate' && verdict !== 'join') {
      await tell(attempting, stored, verdict);
      throw refuse(verdict, choice);
    }
    return write(asked, attempting, {
      ...{ who, code: stored.code, guardian: named(who.status) },
    });
  });
}

async function write(
  { body, receivedAt }: Asking,
  attempting: Attempting,
  stands: { who: Recognised; code: Code | undefined; guardian: string },
): Promise<ActivatedRecord> {
  const { who, code, guardian } = stands;
  const { status } = who;
  if (!code) throw new Error('a code that was recognised and is not there');
  const at = new Date(receivedAt).toISOString();
  // Of a closed record nobody was left who may act: whoever could once comes in again as others do.
  const others = isClosed(status) ? [] : guardiansOf(status);
  const guardians = [...others, { holder: guardian, since: at }];
  const conditions = { version: body.conditions, acceptedAt: at };
  const to: Activated =
    status.status === 'activated'
      ? { ...status, guardians }
      : {
          ...{ ...newlyActivated(status), guardians, conditions, choices: body.choices },
          activatedAt: at,
          linkTag: noAccountTag(attempting.claimed.key, status.holder),
        };
  const { next, line } = append(to, status.holder, {
    ...lineOf(attempting),
    action: status.status === 'activated' ? 'enrolment/join-guardian' : 'enrolment/activate',
    object:
      status.status === 'activated'
        ? record(status, {})
        : record(status, { from: status.status, to: 'activated' }),
    onBehalfOf: status.holder,
  });
  const usedAt = new Date(attempting.now).toISOString();
  await transact([
    statusWrite(next, status.version),
    ...keptBack(status, next),
    codeWrite(revised(code, { usedAt }), code.revision),
    childHint({ guardian, child: status.holder }),
    journalWrite(line),
  ]);
  return toldOf(next);
}

function toldOf(status: Status): ActivatedRecord {
  if (status.status !== 'activated') throw new Error('a record that is not activated');
  const { holder, activatedAt, conditions } = status;
  return { status: 'activated', holder, activatedAt, conditions };
}
