import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AccessGrant } from '#shared/access/grant.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { chainPk, lineSk, TableName } from '#shared/journal/keys.ts';
import { genesis, hashOf } from '#shared/journal/line.ts';
import { lineOrDamage } from '#shared/journal/read.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { Anchor, Unreadable } from '#shared/journal/verify.ts';
import { loadHint } from '#shared/record/hint.ts';

interface Stretch {
  /** Of which of the grant's names; the record's own unless told. */
  readonly of?: string;
  readonly lane: number;
  /** Numbers, both included. */
  readonly from: number;
  readonly to: number;
  readonly newestFirst?: true;
  /** Most lines a query reads; unless said, all that one gives. */
  readonly atOnce?: number;
}

/** The lines of a lane between two numbers (consistent), read as they are taken. */
export async function* linesOf(
  grant: AccessGrant,
  { of = grant.holder, lane, from, to, newestFirst, atOnce }: Stretch,
): AsyncGenerator<JournalLine | Unreadable, undefined> {
  grant.allows('history');
  // Asked of the lanes that the grant opens and of no other, whatever stands in them.
  if (!grant.lanes.includes(lane) || !grant.names.includes(of) || to < from) return;
  for (let start: Record<string, unknown> | undefined; ; ) {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': chainPk(of, lane),
          ':from': lineSk(from),
          ':to': lineSk(to),
        },
        ScanIndexForward: newestFirst !== true,
        ConsistentRead: true,
        ...(atOnce === undefined ? {} : { Limit: atOnce }),
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    yield* Items.map(lineOrDamage);
    if (!LastEvaluatedKey) return;
    start = LastEvaluatedKey;
  }
}

/** Beyond any number of a line. */
export const anyNumber = 999_999_999_999;

/** What vouches for the ends of the lanes of one chain of a person. */
export interface Ends {
  /** Whose: the record's own, or that of one that was merged into it. */
  readonly of: string;
  readonly anchors: readonly Anchor[];
  readonly heads: readonly Anchor[];
}

/**
 * What vouches for the ends of a holder's lanes, in this order: the status (another table), then the
 * lanes themselves. A line that is written meanwhile lies beyond both.
 */
export async function loadEnds(grant: AccessGrant, of = grant.holder): Promise<Ends> {
  grant.allows('history');
  const anchors = [await loadHint(of)];
  const heads = await Promise.all(grant.lanes.map((lane) => endOf(grant, { of, lane })));
  return { of, anchors, heads: heads.flat() };
}

async function endOf(grant: AccessGrant, at: { of: string; lane: number }): Promise<Anchor[]> {
  const backwards = { ...at, from: 1, to: anyNumber, newestFirst: true, atOnce: 1 } as const;
  const { value: last } = await linesOf(grant, backwards).next();
  if (!last) return [];
  // What is no line has no hash; whoever verifies stops there before he compares.
  const hash = 'unreadable' in last ? genesis.hash : hashOf(last);
  return [{ lane: at.lane, seq: last.seq, hash }];
}
