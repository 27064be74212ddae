import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parseCode } from '#shared/kernel/code.ts';
import { newId } from '#shared/random.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { decoyWrites, networkWrite, triedWrite } from './attempts-store.ts';
import {
  type Claimed,
  cardFits,
  codeFits,
  identify,
  limits,
  placeOf,
  readClaimed,
  type Stored,
  withinQuota,
} from './identify.ts';
import { append, record } from './lines.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { routes } from './routes.ts';
import { type Judgement, judge } from './rules/judge-attempt.ts';
import { move } from './rules/status.ts';
import { refuse } from './rules.ts';
import type { Opposed, OppositionRequest } from './schema.ts';
import type { Code, Status } from './stored.ts';
import { idempotencyTag } from './tags.ts';

export interface Opposing {
  readonly body: OppositionRequest;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
  readonly idempotencyKey: string | undefined;
}

export const oppose = operation(routes.oppose, async (asked) => ({
  status: 201,
  body: await object(asked),
}));

const by = { actor: { kind: 'anonymous', id: 'public' }, channel: 'web' } as const;

/**
 * Objects to an opening (ENR-40). Decides on when the request was received, not on when it is handled:
 * an objection in time wins over an opening that was faster. Who gives NIR, card and code is heard
 * whatever others of his network tried; the quota of the network is for all the rest.
 */
export async function object(asked: Opposing): Promise<Opposed> {
  const { body, sourceIp, receivedAt } = asked;
  const claimed = await identify({ nir: body.nir, sourceIp, receivedAt });
  const reference = newId();
  return untilUnrivalled(async () => {
    const stored = await readClaimed(claimed);
    const { status } = stored;
    // Our own write, whose answer was lost on the way.
    if (status?.status === 'opposed' && status.decidedBy.reference === reference)
      return opposed(status.decidedBy);
    const judgement = await judged(asked, claimed, stored);
    switch (judgement.is) {
      case 'object':
        return decide(asked, claimed, stored, reference);
      case 'repeat':
        return opposed(status?.status === 'opposed' ? status.decidedBy : never());
      case 'told':
        await tell(asked, claimed, stored, judgement.reason);
        throw refuse(judgement.reason, factsOf(stored));
      case 'not-recognised':
        withinQuota(claimed);
        await fail(asked, claimed, stored, judgement);
        throw refuse('not-recognised');
    }
  });
}

async function judged(
  { body, receivedAt, idempotencyKey }: Opposing,
  claimed: Claimed,
  stored: Stored,
) {
  const { status, code, counts } = stored;
  const read = parseCode(body.code);
  const fits = await codeFits(code, read.ok ? read.code : '');
  const decidedBy = status?.status === 'opposed' ? status.decidedBy.key : undefined;
  const given = idempotencyKey && idempotencyTag(claimed.key, idempotencyKey);
  return judge(
    {
      status,
      code: code?.current,
      cardFits: cardFits(claimed, status, body.cardSerial),
      codeFits: fits,
      softFailures: counts.soft,
      ownHardFailures: counts.hard,
      receivedAt: new Date(receivedAt).toISOString(),
      repeats: given !== undefined && decidedBy !== undefined && sameFingerprint(given, decidedBy),
    },
    limits,
  );
}

const opposed = ({
  reference,
  receivedAt,
}: {
  reference: string;
  receivedAt: string;
}): Opposed => ({
  reference,
  receivedAt,
  status: 'opposed',
});

function never(): never {
  throw new Error('a judgement that its facts do not allow');
}

async function decide(asked: Opposing, claimed: Claimed, stored: Stored, reference: string) {
  const { key } = claimed;
  const { status, code } = stored;
  if (!code?.current || (status?.status !== 'invited' && status?.status !== 'open')) return never();
  if (move(status.status, 'object') !== 'opposed') return never();
  const { holder, version, headSeq, headHash, department, wave, informBy } = status;
  const { cardTag, birthTag, informedAt, deadlineAt } = status;
  const receivedAt = new Date(asked.receivedAt).toISOString();
  const given = asked.idempotencyKey;
  const decidedBy = {
    reference,
    receivedAt,
    ...(given ? { key: idempotencyTag(key, given) } : {}),
  };
  const common = { holder, version, headSeq, headHash, department, informBy, cardTag, birthTag };
  const to: Status = {
    ...common,
    ...(wave === undefined ? {} : { wave }),
    status: 'opposed',
    informedAt,
    deadlineAt,
    decidedBy,
  };
  const { next, line } = append(to, holder, {
    id: reference,
    at: asked.receivedAt,
    ...by,
    place: placeOf(claimed),
    action: 'enrolment/oppose',
    object: record(status, { from: status.status, to: 'opposed' }),
  });
  const used = new Date(asked.now).toISOString();
  await transact([
    statusWrite(next, version),
    codeWrite(revised(code, { usedAt: used }), code.revision),
    journalWrite(line),
  ]);
  return opposed(decidedBy);
}

function revised(code: Code, change: Partial<NonNullable<Code['current']>>): Code {
  const { current } = code;
  return {
    ...code,
    revision: code.revision + 1,
    ...(current ? { current: { ...current, ...change } } : {}),
  };
}

/** Leaves the real reason in the journal, for agents. */
function refusedLine(asked: Opposing, claimed: Claimed, status: Status, reason: string) {
  return append(status, status.holder, {
    id: newId(),
    at: asked.receivedAt,
    ...by,
    place: placeOf(claimed),
    action: 'enrolment/oppose',
    object: record(status, {}),
    outcome: 'refused',
    reason: `enrolment/${reason}`,
  });
}

async function tell(
  asked: Opposing,
  claimed: Claimed,
  { status }: Stored,
  reason: string,
): Promise<void> {
  if (!status) return;
  const { next, line } = refusedLine(asked, claimed, status, reason);
  await transact([statusWrite(next, status.version), journalWrite(line)]);
}

function factsOf({ status }: Stored): Record<string, string> {
  if (status?.status === 'opposed') return { receivedAt: status.decidedBy.receivedAt };
  return status && 'deadlineAt' in status ? { deadlineAt: status.deadlineAt } : {};
}

type Failed = Extract<Judgement, { is: 'not-recognised' }>;

/** Five writes whatever failed, for somebody or nobody: the answer's time says nothing. */
async function fail(
  asked: Opposing,
  claimed: Claimed,
  stored: Stored,
  { counts, reason }: Failed,
): Promise<void> {
  const { now } = asked;
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
    const { next, line } = refusedLine(asked, claimed, status, reason);
    const told = [statusWrite(next, status.version), journalWrite(line)];
    const counted = counts === 'soft' ? [tried({ soft: soft + 1, hard })] : decoyWrites(1, now);
    return transact([network, ...counted, ...told, ...decoyWrites(1, now)]);
  }
  const failures = code.current.failures + 1;
  const burntAt = new Date(now).toISOString();
  const burns = counts === 'burns';
  const { next, line } = burns
    ? burnt(asked, claimed, status)
    : refusedLine(asked, claimed, status, reason);
  return transact([
    network,
    tried({ soft: soft + 1, hard: hard + 1 }),
    statusWrite(next, status.version),
    codeWrite(revised(code, { failures, ...(burns ? { burntAt } : {}) }), code.revision),
    journalWrite(line),
  ]);
}

/** The opening waits until a new code was sent and its own time has run (design: lock-out must not take the right). */
function burnt(asked: Opposing, claimed: Claimed, status: Status) {
  if (status.status !== 'invited') return never();
  return append<Status>({ ...status, frozen: true }, status.holder, {
    id: newId(),
    at: asked.receivedAt,
    ...by,
    place: placeOf(claimed),
    action: 'enrolment/burn-code',
    object: record(status, { from: 'invited', to: 'invited' }),
    reason: 'enrolment/wrong-code',
  });
}
