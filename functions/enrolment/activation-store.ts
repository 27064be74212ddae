import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { env } from '#shared/env.ts';
import { openSmall, sealSmall } from '#shared/sealing/small.ts';
import { branchOf } from './lines.ts';
import { Choices } from './stored-activation.ts';

const { IDENTITY_TABLE: TableName } = env({ IDENTITY_TABLE: z.string().min(1) });

const instant = z.iso.datetime({ precision: 3 });

/** An activation under way: NIR, card and code were right, the address is not confirmed yet. */
const Stored = z.object({
  activation: z.string(),
  revision: z.int(),
  holder: z.string(),
  department: z.string(),
  /** Fingerprint of the account that began it: no other may go on with it. */
  linkTag: z.string(),
  /** Which provisional code opened the way; not there where an identity did. */
  generation: z.int().optional(),
  by: z.literal('identity').optional(),
  conditions: z.object({ version: z.string(), acceptedAt: instant }),
  choices: Choices,
  /** From then on it is as if it had not been. */
  endsAt: instant,
  sends: z.int(),
  /** When the last code was accepted by the mail service. */
  sentAt: instant.optional(),
  otpUntil: instant,
  /** Keyed fingerprint of the six digits. */
  otpTag: z.string(),
  /** Wrong digits given since they were sent. */
  tries: z.int(),
  /** When the address was confirmed and the record activated. */
  doneAt: instant.optional(),
  sealed: z.instanceof(Uint8Array),
});
type Stored = z.infer<typeof Stored>;

/** What is sealed of it. */
const Private = z.object({
  email: z.string(),
  /** Only until the mail with it was accepted, so that a repeat sends the same. */
  otp: z.string().optional(),
});

export type Pending = Omit<Stored, 'sealed'> & z.infer<typeof Private>;

const keyOf = (activation: string) => ({ pk: `A#${activation}`, sk: 'PENDING' });
const contextOf = ({ holder, activation, revision }: Omit<Pending, 'email' | 'otp'>) => ({
  holder,
  kind: `activation ${activation}`,
  version: revision,
});

/** Kept a little longer, so that the last answer can be given again. */
const keptSeconds = 3600;

export async function loadPending(activation: string): Promise<Pending | undefined> {
  const get = new GetCommand({ TableName, Key: keyOf(activation), ConsistentRead: true });
  const stored = Stored.optional().parse((await dynamo.send(get)).Item);
  if (!stored) return undefined;
  const { sealed, ...rest } = stored;
  return { ...rest, ...Private.parse(await openSmall(sealed, contextOf(rest))) };
}

/** Puts it over the revision that was read; the address and the digits are sealed under the département's key. */
export async function pendingWrite(given: Pending, before: Pending | undefined) {
  const revision = (before?.revision ?? 0) + 1;
  const { email, otp, ...told } = given;
  const next = { ...told, revision };
  const hidden = { email, ...(otp === undefined ? {} : { otp }) };
  const sealed = await sealSmall(branchOf(next.department), hidden, contextOf(next));
  return {
    Put: {
      TableName,
      Item: {
        ...keyOf(next.activation),
        ...next,
        sealed,
        expiresAt: Math.floor(Date.parse(next.endsAt) / 1000) + keptSeconds,
      },
      ...(before
        ? {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': before.revision },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
}

/** Writes it alone; says whether it still stood as it was read. */
export async function savePending(next: Pending, before: Pending): Promise<boolean> {
  try {
    await dynamo.send(new PutCommand((await pendingWrite(next, before)).Put));
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
