import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { attemptOf, fail, revised, tell } from './attempt.ts';
import { blockChild } from './block-child.ts';
import {
  type Claimed,
  identify,
  limits,
  placeOf,
  readClaimed,
  type Stored,
  withinQuota,
} from './identify.ts';
import { append, record } from './lines.ts';
import { meant } from './meant.ts';
import { opposedFrom } from './opposed.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { proofOf } from './proof-of.ts';
import { deadlineTold } from './rules/deadline-runs.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { isBarred } from './rules/judge-child.ts';
import { judge } from './rules/judge-objection.ts';
import { refuse } from './rules.ts';
import type { Opposed } from './schema-opposed.ts';
import type { OppositionRequest } from './schema-public.ts';
import { idempotencyTag } from './tags.ts';
import { keptBack } from './withheld-store.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

export interface Opposing {
  readonly body: OppositionRequest;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
  readonly idempotencyKey: string | undefined;
}

const actor = { kind: 'anonymous', id: 'public' } as const;

/**
 * Objects to an opening (ENR-40). Decides on when the request was received, not on when it is handled:
 * an objection in time wins over an opening that was faster. Who gives NIR, card and code is heard
 * whatever others of his network tried; the quota of the network is for all the rest.
 */
export async function object(asked: Opposing): Promise<Opposed> {
  const { body, sourceIp, receivedAt } = asked;
  const { nir, child } = body;
  const { claimed, choice } = await meant(
    await identify({ nir, child, sourceIp, receivedAt }),
    body,
    receivedAt,
  );
  const { now } = asked;
  const attempting = { claimed, receivedAt, now, actor, action: 'enrolment/oppose' } as const;
  const reference = newId();
  return untilUnrivalled(async () => {
    const stored = await readClaimed(claimed);
    const { status } = stored;
    // Our own write, whose answer was lost on the way.
    if (status?.status === 'opposed' && status.decidedBy.reference === reference)
      return proofOf(status.decidedBy, claimed.key);
    const judgement = await judged(asked, claimed, stored);
    if (child && status && judgement.is !== 'not-recognised') {
      if (choice) {
        await tell(attempting, stored, 'which-child');
        throw refuse('which-child', choice);
      }
      if (isBarred(status.child)) {
        await tell(attempting, stored, 'not-guardian');
        throw refuse('not-guardian');
      }
      if (!child.certifies) {
        await blockChild(attempting, stored);
        throw refuse('not-guardian');
      }
    }
    switch (judgement.is) {
      case 'object':
        return decide(asked, claimed, stored, reference);
      case 'repeat':
        return proofOf(status?.status === 'opposed' ? status.decidedBy : never(), claimed.key);
      case 'told':
        await tell(attempting, stored, judgement.reason);
        throw refuse(judgement.reason, factsOf(stored));
      case 'not-recognised':
        await withinQuota(claimed);
        await fail(attempting, stored, judgement);
        throw refuse('not-recognised');
    }
  });
}

async function judged(
  { body, receivedAt, idempotencyKey }: Opposing,
  claimed: Claimed,
  stored: Stored,
) {
  const attempt = await attemptOf({ claimed, receivedAt }, stored, body);
  const { status } = stored;
  const decidedBy = status?.status === 'opposed' ? status.decidedBy.key : undefined;
  const given = idempotencyKey && idempotencyTag(claimed.key, idempotencyKey);
  const repeats =
    given !== undefined && decidedBy !== undefined && sameFingerprint(given, decidedBy);
  return judge({ ...attempt, repeats }, limits);
}

function never(): never {
  throw new Error('a judgement that its facts do not allow');
}

async function decide(asked: Opposing, claimed: Claimed, stored: Stored, reference: string) {
  const { key } = claimed;
  const { status, code } = stored;
  if (!status || !code?.current) return never();
  const receivedAt = new Date(asked.receivedAt).toISOString();
  const given = asked.idempotencyKey;
  const decidedBy = {
    ...{ reference, receivedAt, channel: 'web' as const },
    ...(given ? { key: idempotencyTag(key, given) } : {}),
    ...(asked.body.child ? { certified: true as const } : {}),
  };
  const { next, line } = append(opposedFrom(status, decidedBy, delays), status.holder, {
    id: reference,
    at: asked.receivedAt,
    actor,
    channel: 'web',
    place: placeOf(claimed),
    action: 'enrolment/oppose',
    object: record(status, { from: status.status, to: 'opposed' }),
    ...(asked.body.child ? { onBehalfOf: status.holder } : {}),
  });
  const used = new Date(asked.now).toISOString();
  await transact([
    statusWrite(next, status.version),
    ...keptBack(status, next),
    codeWrite(revised(code, { usedAt: used }), code.revision),
    journalWrite(line),
  ]);
  return proofOf(decidedBy, key);
}

function factsOf({ status }: Stored): { readonly [fact: string]: string } {
  if (status?.status === 'opposed') return { receivedAt: status.decidedBy.receivedAt };
  return deadlineTold(status);
}
