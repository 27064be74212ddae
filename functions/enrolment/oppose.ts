import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parseCode } from '#shared/kernel/code.ts';
import { newId } from '#shared/random.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { decoyWrites, failureWrites } from './attempts-store.ts';
import {
  type Claimed,
  cardFits,
  codeFits,
  identify,
  limits,
  readClaimed,
  type Stored,
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
import { transact, untilUnrivalled } from './transact.ts';

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
 * an objection in time wins over an opening that was faster.
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
        await tell(asked, stored, judgement.reason);
        throw refuse(judgement.reason, factsOf(stored));
      case 'not-recognised':
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
  const { status, code, failures } = stored;
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
      softFailures: failures,
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

async function decide(asked: Opposing, { key }: Claimed, stored: Stored, reference: string) {
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
function refusedLine<T extends Status>(asked: Opposing, status: T, reason: string) {
  return append(status, status.holder, {
    id: newId(),
    at: asked.receivedAt,
    ...by,
    action: 'enrolment/oppose',
    object: record(status, {}),
    outcome: 'refused',
    reason: `enrolment/${reason}`,
  });
}

async function tell(asked: Opposing, { status }: Stored, reason: string): Promise<void> {
  if (!status) return;
  const { next, line } = refusedLine(asked, status, reason);
  await transact([statusWrite(next, status.version), journalWrite(line)]);
}

function factsOf({ status }: Stored): Record<string, string> {
  if (status?.status === 'opposed') return { receivedAt: status.decidedBy.receivedAt };
  return status && 'deadlineAt' in status ? { deadlineAt: status.deadlineAt } : {};
}

type Failed = Extract<Judgement, { is: 'not-recognised' }>;

/** Five writes whatever failed, for somebody or nobody: the answer's time says nothing. */
async function fail(asked: Opposing, { at }: Claimed, stored: Stored, { counts, reason }: Failed) {
  const { status, code } = stored;
  const counted = failureWrites(at, asked.now);
  if (!status || counts === 'unheard') return transact([...counted, ...decoyWrites(3, asked.now)]);
  if (counts === 'network' || !code?.current) {
    const { next, line } = refusedLine(asked, status, reason);
    const told = [statusWrite(next, status.version), journalWrite(line)];
    return transact([...counted, ...told, ...decoyWrites(1, asked.now)]);
  }
  const failures = code.current.failures + 1;
  const burntAt = new Date(asked.now).toISOString();
  const burns = counts === 'burns';
  const { next, line } = burns ? burnt(asked, status) : refusedLine(asked, status, reason);
  return transact([
    ...counted,
    statusWrite(next, status.version),
    codeWrite(revised(code, { failures, ...(burns ? { burntAt } : {}) }), code.revision),
    journalWrite(line),
  ]);
}

/** The opening waits until a new code was sent and its own time has run (design: lock-out must not take the right). */
function burnt(asked: Opposing, status: Status) {
  if (status.status !== 'invited') return never();
  return append<Status>({ ...status, frozen: true }, status.holder, {
    id: newId(),
    at: asked.receivedAt,
    ...by,
    action: 'enrolment/burn-code',
    object: record(status, { from: 'invited', to: 'invited' }),
    reason: 'enrolment/wrong-code',
  });
}
