import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { noticePk, noticeSk } from './notice-store.ts';
import { refuse } from './rules.ts';
import { Notice, NoticeCode } from './schema.ts';
import { TableName } from './table.ts';

const Stored = z.object({
  sk: z.string(),
  code: NoticeCode,
  at: z.string(),
  readAt: z.string().optional(),
});

const noticeOf = ({ sk, ...told }: z.infer<typeof Stored>): Notice =>
  Notice.parse({ notice: sk.slice(noticeSk('').length), ...told });

/** The notices of the holder of a grant, newest first, whatever way they went; a page of them. */
export async function listOwn(
  grant: AccessGrant,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ notices: Notice[]; next: string | undefined }> {
  grant.allows('history');
  const pk = noticePk(grant.holder);
  const { Items, LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :notices)',
      ExpressionAttributeValues: { ':pk': pk, ':notices': noticeSk('') },
      ScanIndexForward: false,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: noticeSk(after) } }),
    }),
  );
  const notices = z
    .array(Stored)
    .parse(Items ?? [])
    .map(noticeOf);
  return { notices, next: LastEvaluatedKey ? notices.at(-1)?.notice : undefined };
}

/** Notes when a notice was first read, and returns it. Throws `notices/unknown-notice`. */
export async function noteRead(
  grant: AccessGrant,
  { notice, at }: { notice: string; at: string },
): Promise<Notice> {
  grant.allows('history');
  const update = new UpdateCommand({
    TableName,
    Key: { pk: noticePk(grant.holder), sk: noticeSk(notice) },
    UpdateExpression: 'SET readAt = if_not_exists(readAt, :at)',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':at': at },
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes } = await dynamo.send(update);
    return noticeOf(Stored.parse(Attributes));
  } catch (error) {
    throw isConditionFailed(error) ? refuse('unknown-notice') : error;
  }
}
