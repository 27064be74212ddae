import * as z from 'zod';
import { cancellation } from '#shared/aws/faults.ts';
import { Rivalled, transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { makeCode } from './codes.ts';
import { freeFromWave, isLeftBy } from './free-from-wave.ts';
import { isFilling, placeWrite } from './letter-store.ts';
import { append, branchOf, record } from './lines.ts';
import { ObjectionDays, promoted } from './next-code.ts';
import { codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';
import { letterDue } from './rules/letter-due.ts';
import { isUnrepresented } from './rules/unrepresented.ts';
import { whyNotSent } from './rules/why-not-sent.ts';
import type { Status } from './stored.ts';
import { type Code, CodeHash, type NextCode } from './stored-code.ts';
import type { Member } from './stored-letters.ts';
import { keptBack } from './withheld-store.ts';

const { CODE_HASH, OBJECTION_DAYS, LETTER_PRINT_DAYS } = env({
  CODE_HASH: json(CodeHash),
  OBJECTION_DAYS: ObjectionDays,
  LETTER_PRINT_DAYS: z.coerce.number().int().min(1).max(366),
});

/** Characters of a reference: 80 random bits, so that no slip of the pen hits another letter. */
const referenceLength = 16;

export interface Claiming {
  readonly holder: string;
  readonly batch: string;
  readonly place: number;
  /** Milliseconds. */
  readonly now: number;
  /** Whether a wave was stopped for good: whom it left to a letter is free for another one. */
  readonly isStopped?: (wave: string) => Promise<boolean>;
}

/**
 * Takes a person into a batch, with his code, in one transaction: so he stands in one batch only, whoever
 * works at once. Answers `place-taken` or `closed` where the batch is why not, `skipped` where he is.
 */
export function claimLetter(claiming: Claiming) {
  const { holder, batch, place, now, isStopped } = claiming;
  return untilUnrivalled(async () => {
    const [code, status] = [await loadCode(holder), await loadStatus(holder)];
    const { wave } = status ?? {};
    if (status && wave !== undefined && isLeftBy(status) && (await isStopped?.(wave))) {
      await freeFromWave({ holder, wave, now });
      // Who asked is written to all the same, of his own.
      if (code?.letterFor === undefined) return 'skipped';
      throw new Rivalled();
    }
    const kind = status && letterDue(status, code);
    if (!status || !kind || isUnrepresented(status, now)) {
      if (status && code?.letterFor !== undefined) await layDown({ status, code, now });
      return 'skipped';
    }
    // A letter about a minor goes to his guardian: the code that waits for himself is none for it.
    const waiting = code?.next?.ofMinor ? undefined : code?.next;
    const next = waiting ?? (await newCode(status));
    const reference = newId().slice(0, referenceLength);
    const member: Member = {
      ...{ place, holder, reference, kind, sealed: next.sealed, salt: next.salt },
      version: status.version,
      ...(code?.letterFor === undefined ? {} : { asked: true as const }),
      ...(code?.afterBurning ? { afterBurning: true as const } : {}),
    };
    const to: Status = { ...status, letter: { batch, reference } };
    const appended = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'letters' }, channel: 'post' },
      action: 'enrolment/prepare-letter',
      object: record(status, {}),
    });
    try {
      await transact([
        placeWrite(batch, member),
        isFilling(batch),
        statusWrite(appended.next, status.version),
        codeWrite(withCode({ status, code, next, kind, now }), code?.revision),
        journalWrite(appended.line),
        // One whose code was blocked before it was posted.
        ...keptBack(status, appended.next),
      ]);
      return 'claimed';
    } catch (error) {
      const [taken, closed] = cancellation(error) ?? [];
      if (taken === 'ConditionalCheckFailed') return 'place-taken';
      if (closed === 'ConditionalCheckFailed') return 'closed';
      throw error;
    }
  });
}

/** A wish of somebody who may not be written to any more: it would stand in the index for ever. */
async function layDown(of: { status: Status; code: Code; now: number }): Promise<void> {
  const { status, code, now } = of;
  const { letterFor: _l, requestId: _i, afterBurning: _a, ...rest } = code;
  const isNobodys = isUnrepresented(status, now);
  const reason = whyNotSent(status) ?? (isNobodys ? 'not-guardian' : 'not-due');
  const { next, line } = append(status, status.holder, {
    ...{ id: newId(), at: now, actor: { kind: 'system', id: 'letters' }, channel: 'post' },
    ...{ action: 'enrolment/renew-code', object: record(status, {}) },
    ...{ outcome: 'refused', reason: `enrolment/${reason}` },
  });
  await transact([
    statusWrite(next, status.version),
    codeWrite({ ...rest, revision: code.revision + 1 }, code.revision),
    journalWrite(line),
  ]);
}

async function newCode({ holder, department }: Status): Promise<NextCode> {
  const pepper = await theSecret('pepper');
  const branch = branchOf(department);
  return makeCode({ holder, branch, purpose: 'letter', params: CODE_HASH, pepper });
}

/**
 * The code of a letter that informs is good as soon as the letter may be in somebody's hands, before anybody
 * has told of the posting. One that was asked for takes the earlier one's place when it is posted only.
 */
function withCode(of: {
  status: Status;
  code: Code | undefined;
  next: NextCode;
  kind: Member['kind'];
  now: number;
}): Code {
  const { status, code, next, kind, now } = of;
  const { holder, department } = status;
  const {
    letterFor: _l,
    requested: _r,
    requestedBy: _b,
    requestedByMinor: _m,
    requestId: _i,
    afterBurning: _a,
    ...rest
  } = code ?? ({ holder, revision: 0 } satisfies Code);
  if (kind === 'code') return { ...rest, next, revision: rest.revision + 1 };
  const days = OBJECTION_DAYS + LETTER_PRINT_DAYS;
  return promoted(
    { ...rest, next },
    {
      sentAt: new Date(now).toISOString(),
      validUntil: new Date(objectionDeadline({ sentAt: now, department, days })).toISOString(),
    },
  );
}
