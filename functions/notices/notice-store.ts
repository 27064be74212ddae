import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import type { Telling } from './rules.ts';
import { NoticeCode } from './schema.ts';
import { TableName } from './table.ts';

/** How far a notice is: in hand, accepted by the mail service, left to a letter, or of no use to anybody any more. */
export const Stored = z.object({
  state: z.enum(['prepared', 'sent', 'letter', 'unreached']),
  code: NoticeCode,
  token: z.string(),
  /** Until then nobody else takes it up (ms). */
  leasedUntil: z.number(),
  /** Whoever had it in hand gave it back, and nothing had left. */
  unsent: z.literal(true).optional(),
  /** Left to a letter for some of its readers only. */
  partly: z.literal(true).optional(),
});
export type Stored = z.infer<typeof Stored>;

type At = Pick<Telling, 'holder' | 'notice'>;

export const noticePk = (holder: string): string => `H#${holder}`;
export const noticeSk = (notice: string): string => `NOTICE#${notice}`;
const keyOf = ({ holder, notice }: At) => ({ pk: noticePk(holder), sk: noticeSk(notice) });

/** Longer than a function runs, shorter than the queue hides a message: who died in between is followed. */
const leaseMs = 90_000;

export async function loadNotice(at: At): Promise<Stored | undefined> {
  const get = new GetCommand({ TableName, Key: keyOf(at), ConsistentRead: true });
  return Stored.optional().parse((await dynamo.send(get)).Item);
}

/**
 * Takes a notice in hand as it was read: not there, or in nobody's hand. False where another was faster.
 * A taker knows its own token again, so a repeat after a lost answer succeeds.
 */
export async function takeNotice(
  telling: Telling,
  by: { token: string; now: number; before: Stored | undefined },
): Promise<boolean> {
  const { token, now, before } = by;
  const asRead = before
    ? '(#state = :prepared AND #token = :read AND leasedUntil < :now)'
    : 'attribute_not_exists(pk)';
  return update(telling, {
    UpdateExpression:
      'SET #state = :prepared, #token = :token, leasedUntil = :until, code = :code, #at = :at REMOVE unsent',
    ConditionExpression: `#token = :token OR ${asRead}`,
    ExpressionAttributeNames: { '#state': 'state', '#token': 'token', '#at': 'at' },
    ExpressionAttributeValues: {
      ...(before ? { ':read': before.token, ':now': now } : {}),
      ...{ ':prepared': 'prepared', ':token': token, ':until': now + leaseMs },
      ...{ ':code': telling.code, ':at': telling.at },
    },
  });
}

const heldBy = {
  ConditionExpression: '#token = :token',
  ExpressionAttributeNames: { '#token': 'token' },
} as const;

/** Gives a notice back of which nothing has left, so that whoever comes next need not wait, nor doubt. */
export async function releaseNotice(at: At, token: string): Promise<boolean> {
  return update(at, {
    UpdateExpression: 'SET leasedUntil = :free, unsent = :unsent',
    ...heldBy,
    ExpressionAttributeValues: { ':token': token, ':free': 0, ':unsent': true },
  });
}

/** Notes that the mail service has accepted it; false where another has it in hand by now. */
export async function noteSent(at: At, sent: { token: string; now: number }): Promise<boolean> {
  return update(at, {
    UpdateExpression: 'SET #state = :sent, sentAt = :now',
    ConditionExpression: heldBy.ConditionExpression,
    ExpressionAttributeNames: { ...heldBy.ExpressionAttributeNames, '#state': 'state' },
    ExpressionAttributeValues: {
      ':token': sent.token,
      ':sent': 'sent',
      ':now': new Date(sent.now).toISOString(),
    },
  });
}

/** Notes that it reached nobody, and that no letter is written of it; once is enough. */
export async function noteUnreached(at: At, token: string): Promise<void> {
  await update(at, {
    UpdateExpression: 'SET #state = :unreached',
    ConditionExpression: heldBy.ConditionExpression,
    ExpressionAttributeNames: { ...heldBy.ExpressionAttributeNames, '#state': 'state' },
    ExpressionAttributeValues: { ':token': token, ':unreached': 'unreached' },
  });
}

/**
 * The part of a transaction that leaves a notice to a letter of a day, once; `partly` where it reached others of its
 * readers: should their mail come back, they get the letter as well.
 */
export function leftToLetter(
  at: At,
  {
    token,
    day,
    from,
    partly,
  }: { token: string; day: string; from: 'prepared' | 'sent' | 'partly'; partly?: boolean },
) {
  const names = { '#token': 'token', '#state': 'state' };
  const isPart = from === 'partly';
  return {
    Update: {
      TableName,
      Key: keyOf(at),
      UpdateExpression: `SET #state = :letter, letterOn = :day${
        partly ? ', partly = :partly' : ' REMOVE partly'
      }`,
      ConditionExpression: `#token = :token AND #state = :from${
        isPart ? ' AND attribute_exists(partly)' : ''
      }`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ...{ ':token': token, ':letter': 'letter', ':day': day },
        ':from': isPart ? 'letter' : from,
        ...(partly ? { ':partly': true } : {}),
      },
    },
  };
}

/** The part of a transaction that notes a further day on whose letters a notice goes: one that could not be posted. */
export function alsoOnLetter(at: At, day: string) {
  return {
    Update: {
      TableName,
      Key: keyOf(at),
      UpdateExpression: 'ADD letterDays :day',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':day': new Set([day]) },
    },
  };
}

type Change = Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>;

async function update(at: At, change: Change): Promise<boolean> {
  try {
    await dynamo.send(new UpdateCommand({ TableName, Key: keyOf(at), ...change }));
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
