import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { Day } from '#shared/kernel/calendar.ts';
import type { Telling } from './rules.ts';
import { type Letter, LetterReason, NoticeCode } from './schema.ts';
import { TableName } from './table.ts';

const pkOf = (day: Day): string => `LETTERS#${day}`;
export const letterKey = (day: Day, holder: string) => ({ pk: pkOf(day), sk: holder });

const Stored = z.object({
  sk: z.string(),
  codes: z.set(NoticeCode),
  notices: z.set(z.string()),
  reasons: z.set(LetterReason),
});

/**
 * The part of a transaction that puts a notice into the one letter that a holder gets on a day. Sets:
 * what is put in twice is in it once. Pseudonyms and words of ours only; who he is stands elsewhere, sealed.
 */
export function letterWrite(
  { holder, notice, code }: Pick<Telling, 'holder' | 'notice' | 'code'>,
  { day, reason }: { day: Day; reason: LetterReason },
) {
  return {
    Update: {
      TableName,
      Key: letterKey(day, holder),
      UpdateExpression: 'ADD #codes :codes, #notices :notices, #reasons :reasons',
      ExpressionAttributeNames: {
        '#codes': 'codes',
        '#notices': 'notices',
        '#reasons': 'reasons',
      },
      ExpressionAttributeValues: {
        ':codes': new Set([code]),
        ':notices': new Set([notice]),
        ':reasons': new Set([reason]),
      },
    },
  };
}

const ofDay = (day: Day) => ({
  TableName,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': pkOf(day) },
});

/** The letters of a day, a page of them, by holder. */
export async function listLetters(page: {
  day: Day;
  after: string | undefined;
  limit: number;
}): Promise<{ letters: Letter[]; next: string | undefined }> {
  const { day, after, limit } = page;
  const { Items, LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      ...ofDay(day),
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk: pkOf(day), sk: after } }),
    }),
  );
  const stored = z.array(Stored).parse(Items ?? []);
  const letters = stored.map(({ sk, codes, notices, reasons }) => ({
    holder: sk,
    codes: [...codes].sort(),
    notices: [...notices].sort(),
    reasons: [...reasons].sort(),
  }));
  return { letters, next: LastEvaluatedKey ? stored.at(-1)?.sk : undefined };
}

/** How many letters a day has. Reads them all, and answers a number only. */
export async function countLetters(day: Day): Promise<number> {
  let count = 0;
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Count = 0, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        ...ofDay(day),
        Select: 'COUNT',
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    count += Count;
    if (!LastEvaluatedKey) return count;
    from = LastEvaluatedKey;
  }
}
