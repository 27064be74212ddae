import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { env, json } from '#shared/env.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { makeCode } from './codes.ts';
import { branchOf } from './lines.ts';
import { codeWrite, loadCode, loadStatus } from './person-store.ts';
import { tagOf } from './rules/judge-bounce.ts';
import type { Status } from './stored.ts';
import { type Code, CodeHash, type CurrentCode, type NextCode } from './stored-code.ts';

const { CODE_HASH: params } = env({ CODE_HASH: json(CodeHash) });

export type Prepared = Code & { readonly next: NextCode };

const isWaiting = (code: Code | undefined): code is Prepared => code?.next !== undefined;

/**
 * The code that waits to be sent; made, for a purpose, when there is none. After a crash between making
 * and sending the same code is sent, and so it is when two want to send at once (two waves, a wave and
 * a wish): whichever mail is read, its code is good. Undefined where the person, read again, is not to be sent one.
 */
export async function prepareCode<S extends Status>(
  { holder, purpose }: { holder: string; purpose: string },
  isDue: (status: Status | undefined) => status is S,
): Promise<{ status: S; prepared: Prepared } | undefined> {
  for (let round = 0; ; round++) {
    // The code before the status: what another sender did since is seen in one of them.
    const code = await loadCode(holder);
    const status = await loadStatus(holder);
    if (!isDue(status)) return undefined;
    const ofMinor = code?.requestedByMinor === true;
    // What waits for his guardians is none for a minor, nor the other way round (MIN-4).
    if (isWaiting(code) && (code.next.ofMinor === true) === ofMinor)
      return { status, prepared: code };
    const pepper = await theSecret('pepper');
    const branch = branchOf(status.department);
    const made = await makeCode({ holder, branch, purpose, params, pepper });
    const next = { ...made, ...(ofMinor ? { ofMinor: true as const } : {}) };
    const prepared = {
      ...(code ?? { holder, revision: 0 }),
      next,
      revision: (code?.revision ?? 0) + 1,
    };
    try {
      await dynamo.send(new PutCommand(codeWrite(prepared, code?.revision).Put));
      return { status, prepared };
    } catch (error) {
      // A rival, or our own write whose answer was lost: the next reading tells.
      if (!isConditionFailed(error) || round > 4) throw error;
    }
  }
}

/** The generation of the code that takes the place of the present one. */
export const following = (code: Code): number => (code.current?.generation ?? 0) + 1;

/** What the mail with a waiting code is tagged with: pseudonyms only. It comes back with a bounce. */
export const tagsOf = (prepared: Prepared) => ({
  invitation: tagOf({ holder: prepared.holder, generation: following(prepared) }),
});

/**
 * The code once its mail was accepted: it takes the place of the one before, and answers what was asked for. What a minor
 * asked for is not answered by a code of his guardians, nor what they did by one of his (MIN-4).
 */
export function promoted(
  { next, requested, requestedBy, requestedByMinor, letterFor, requestId, ...rest }: Prepared,
  sent: { sentAt: string; validUntil: string },
): Code {
  const { afterBurning, ...code } = rest;
  const { salt, hash, params, hint, ofMinor } = next;
  const generation = following(rest);
  const hashed = { salt, hash, params, ...(hint === undefined ? {} : { hint }) };
  const current: CurrentCode = {
    ...{ ...hashed, generation, failures: 0, ...sent },
    ...(ofMinor ? { ofMinor } : {}),
  };
  const isMinors = requestedByMinor === true;
  const isOthers = requested !== undefined && isMinors !== (ofMinor === true);
  return {
    ...code,
    ...(isOthers ? { requested } : {}),
    ...(isOthers && requestedBy ? { requestedBy } : {}),
    ...(isOthers && isMinors ? { requestedByMinor } : {}),
    // By letter only his guardians ask.
    ...(ofMinor && letterFor !== undefined ? { letterFor } : {}),
    ...(ofMinor && afterBurning ? { afterBurning } : {}),
    ...(ofMinor && requestId !== undefined ? { requestId } : {}),
    revision: code.revision + 1,
    current,
  };
}

export const ObjectionDays = z.coerce.number().int().min(1).max(366);
