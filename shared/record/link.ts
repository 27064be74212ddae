import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { env } from '../env.ts';

const { IDENTITY_TABLE: TableName } = env({ IDENTITY_TABLE: z.string().min(1) });

const Link = z.object({
  holder: z.string(),
  linkedAt: z.string(),
  /** When this account was first seen after it was linked. */
  signedInAt: z.string().optional(),
});
export type Link = z.infer<typeof Link>;

const keyOf = (linkTag: string) => ({ pk: `S#${linkTag}`, sk: 'LINK' });

/**
 * Whom an account was linked to. It proves nothing by itself: the record's status names the one account
 * that counts now. Eventually consistent unless asked otherwise, since the status is read after it.
 */
export async function findLink(
  linkTag: string,
  { consistent = false } = {},
): Promise<Link | undefined> {
  const get = new GetCommand({ TableName, Key: keyOf(linkTag), ConsistentRead: consistent });
  return Link.optional().parse((await dynamo.send(get)).Item);
}

/** Links an account to a holder; fails where it is linked to another. */
export function linkWrite(linkTag: string, { holder, linkedAt }: Link) {
  return {
    Put: {
      TableName,
      Item: { ...keyOf(linkTag), holder, linkedAt },
      ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder',
      ExpressionAttributeValues: { ':holder': holder },
    },
  };
}

/** Takes the link of an account away, only if it is to this holder. */
export function unlinkWrite(linkTag: string, holder: string) {
  return {
    Delete: {
      TableName,
      Key: keyOf(linkTag),
      ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder',
      ExpressionAttributeValues: { ':holder': holder },
    },
  };
}

/** Notes that an account was seen for the first time; only once for each link. */
export function signedInWrite(linkTag: string, { holder, at }: { holder: string; at: string }) {
  return {
    Update: {
      TableName,
      Key: keyOf(linkTag),
      UpdateExpression: 'SET signedInAt = :at',
      ConditionExpression: 'holder = :holder AND attribute_not_exists(signedInAt)',
      ExpressionAttributeValues: { ':at': at, ':holder': holder },
    },
  };
}

/** An account that was linked to one record is linked to another, which is the same person's; only from that one. */
export function linkGoes(linkTag: string, { holder: from, ...link }: Link, to: string) {
  return {
    Put: {
      TableName,
      Item: { ...keyOf(linkTag), ...link, holder: to },
      ConditionExpression: 'holder = :from',
      ExpressionAttributeValues: { ':from': from },
    },
  };
}
