import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { env } from '../env.ts';
import { networkPrefix } from '../kernel/network.ts';

const { IDENTITY_TABLE: TableName } = env({ IDENTITY_TABLE: z.string().min(1) });

const instant = z.iso.datetime({ precision: 3 });

/** A holder's own session at a counter: he reads, an adviser sits beside him. */
const Session = z.object({
  session: z.string(),
  holder: z.string(),
  /** Of the secret half of its token; the token itself is kept nowhere. */
  secretHash: z.string(),
  /** The post at which it was opened: a fingerprint of its network, keyed by the secret. */
  post: z.string(),
  /** The counter's house. */
  structure: z.string(),
  openedAt: instant,
  /** From this instant on it is over. */
  endsAt: instant,
  endedAt: instant.optional(),
});
export type AssistedSession = z.infer<typeof Session>;

export interface AssistedToken {
  readonly session: string;
  readonly secret: string;
}

/** The token as it is sent: of a form that no issuer's has. */
export const assistedToken = ({ session, secret }: AssistedToken): string =>
  `assisted.${session}.${secret}`;

/** Reads a token of this form; undefined for any other. */
export function readAssistedToken(token: string): AssistedToken | undefined {
  const [, session, secret] = /^assisted\.([a-z0-9]{26})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  return session && secret ? { session, secret } : undefined;
}

export const secretHashOf = (secret: string): string => hash('sha256', secret, 'base64url');
export const postOf = (secret: string, address: string): string =>
  createHmac('sha256', secret).update(networkPrefix(address)).digest('base64url');

/** Whether a session still runs at an instant (ms): until the last millisecond before its end. */
export const isRunning = ({ endsAt, endedAt }: AssistedSession, now: number): boolean =>
  endedAt === undefined && now < Date.parse(endsAt);

/** Whether somebody with this secret, at this address, is in the session. */
export function isInSession(
  session: AssistedSession,
  { secret, address, now }: { secret: string; address: string; now: number },
): boolean {
  const fits = same(secretHashOf(secret), session.secretHash);
  return fits && same(postOf(secret, address), session.post) && isRunning(session, now);
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const keyOf = (session: string) => ({ pk: `Q#${session}`, sk: 'ASSISTED' });
const agentKey = (agentTag: string) => ({ pk: `G#${agentTag}`, sk: 'ASSISTED' });

async function load(Key: { pk: string; sk: string }): Promise<unknown> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}

/** A session by its id; consistent, so that its end counts at the next request. */
export async function loadAssisted(session: string): Promise<AssistedSession | undefined> {
  return Session.optional().parse(await load(keyOf(session)));
}

/** The last session that an agent opened. */
export async function loadOfAgent(agentTag: string): Promise<string | undefined> {
  const Pointer = z.object({ session: z.string() }).optional();
  return Pointer.parse(await load(agentKey(agentTag)))?.session;
}

const keptSeconds = 86_400;

/** The parts of a transaction that open a session as an agent's only one; `before` is his last one. */
export function openWrites(
  session: AssistedSession,
  { agentTag, before }: { agentTag: string; before: string | undefined },
) {
  const expiresAt = Math.floor(Date.parse(session.endsAt) / 1000) + keptSeconds;
  return [
    {
      Put: {
        TableName,
        Item: { ...keyOf(session.session), ...session, expiresAt },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Put: {
        TableName,
        Item: { ...agentKey(agentTag), session: session.session, expiresAt },
        ...(before === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#session = :before',
              ExpressionAttributeNames: { '#session': 'session' },
              ExpressionAttributeValues: { ':before': before },
            }),
      },
    },
  ];
}

/** The part of a transaction that ends a session that runs; `at` ISO. */
export function endWrite(session: string, at: string) {
  return {
    Update: {
      TableName,
      Key: keyOf(session),
      UpdateExpression: 'SET endedAt = :at',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
      ExpressionAttributeValues: { ':at': at },
    },
  };
}
