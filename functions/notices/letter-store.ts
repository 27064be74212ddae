import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { addDays, type Day, parisBounds } from '#shared/kernel/calendar.ts';
import type { Telling } from './rules.ts';
import { type Letter, LetterReason, NoticeCode } from './schema.ts';
import { TableName } from './table.ts';

const pkOf = (day: Day): string => `LETTERS#${day}`;
export const letterKey = (day: Day, holder: string) => ({ pk: pkOf(day), sk: holder });

/** Days after which what was written to somebody is no longer kept: returns have come by then. */
const keptDays = 120;

/** One sheet of paper: to whom, what it tells, and what it is called. */
export const StoredSheet = z.object({
  reference: z.string(),
  reader: z.string(),
  code: NoticeCode,
  notices: z.array(z.string()),
});
export type StoredSheet = z.infer<typeof StoredSheet>;

const Stored = z.object({
  sk: z.string(),
  codes: z.set(NoticeCode),
  notices: z.set(z.string()),
  reasons: z.set(LetterReason),
  /** Which notice is told to whom (`<notice> <reader>`); `all` are told where nobody is named. */
  wanted: z.set(z.string()).optional(),
  /** The batch in which it is printed, and the sheets that it came to. */
  batch: z.string().optional(),
  sheets: z.array(StoredSheet).optional(),
  /** That what the print shop told of its posting is done. */
  settled: z.string().optional(),
  /** Sheets that came back, and whose line stands in the journal. */
  returned: z.set(z.string()).optional(),
});
type Stored = z.infer<typeof Stored>;

/** What is written to one holder on a day. */
export interface DayLetter extends Omit<Stored, 'sk' | 'codes' | 'notices' | 'reasons' | 'wanted'> {
  readonly holder: string;
  readonly day: Day;
  readonly wanted: readonly { readonly notice: string; readonly reader: string }[];
}

/** A notice for the letters of a day; `readers` where not all are told by letter. */
export interface Leaving extends Pick<Telling, 'notice' | 'code'> {
  readonly readers?: readonly string[] | undefined;
}

/**
 * The part of a transaction that puts notices into the letters that a record has on a day. Sets: what is put
 * in twice is in it once. Pseudonyms and words of ours only; who he is stands elsewhere, sealed.
 */
export function letterWrite(
  { holder, left }: { readonly holder: string; readonly left: readonly Leaving[] },
  { day, reason }: { day: Day; reason: LetterReason },
) {
  const wanted = left.flatMap(({ notice, readers = ['all'] }) =>
    readers.map((reader) => `${notice} ${reader}`),
  );
  return {
    Update: {
      TableName,
      Key: letterKey(day, holder),
      UpdateExpression:
        'ADD #codes :codes, #notices :notices, #reasons :reasons, wanted :wanted SET expiresAt = :expiresAt',
      ExpressionAttributeNames: {
        '#codes': 'codes',
        '#notices': 'notices',
        '#reasons': 'reasons',
      },
      ExpressionAttributeValues: {
        ':codes': new Set(left.map(({ code }) => code)),
        ':notices': new Set(left.map(({ notice }) => notice)),
        ':reasons': new Set([reason]),
        ':wanted': new Set(wanted),
        ':expiresAt': Math.floor(parisBounds(addDays(day, keptDays)).begin / 1000),
      },
    },
  };
}

const ofDay = (day: Day) => ({
  TableName,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': pkOf(day) },
});

interface LettersPage {
  readonly day: Day;
  readonly after: string | undefined;
  readonly limit: number;
}

async function storedOf({ day, after, limit }: LettersPage) {
  const { Items, LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      ...ofDay(day),
      ConsistentRead: true,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk: pkOf(day), sk: after } }),
    }),
  );
  const stored = z.array(Stored).parse(Items ?? []);
  return { stored, next: LastEvaluatedKey ? stored.at(-1)?.sk : undefined };
}

/** The letters of a day as agents see them, a page of them, by holder. */
export async function listLetters(
  page: LettersPage,
): Promise<{ letters: Letter[]; next: string | undefined }> {
  const { stored, next } = await storedOf(page);
  const letters = stored.map(({ sk, codes, notices, reasons }) => ({
    holder: sk,
    codes: [...codes].sort(),
    notices: [...notices].sort(),
    reasons: [...reasons].sort(),
  }));
  return { letters, next };
}

/** The letters of a day as they are printed, a page of them, by holder. */
export async function lettersToPrint(page: LettersPage) {
  const { stored, next } = await storedOf(page);
  return { letters: stored.map((one) => dayLetter(page.day, one)), next };
}

/** One letter as it stands at this moment; undefined where its record was deleted. */
export async function loadLetter(day: Day, holder: string): Promise<DayLetter | undefined> {
  const get = new GetCommand({ TableName, Key: letterKey(day, holder), ConsistentRead: true });
  const stored = Stored.optional().parse((await dynamo.send(get)).Item);
  return stored && dayLetter(day, stored);
}

function dayLetter(day: Day, { sk, notices, wanted, ...rest }: Stored): DayLetter {
  const pairs = wanted ?? new Set([...notices].map((notice) => `${notice} all`));
  const { batch, sheets, settled, returned } = rest;
  return {
    ...{ holder: sk, day, batch, sheets, settled, returned },
    wanted: [...pairs].sort().map((pair) => {
      const [notice = '', reader = 'all'] = pair.split(' ');
      return { notice, reader };
    }),
  };
}

/** The letters of a batch, which lie between two holders of a day. */
export async function lettersOfBatch(batch: {
  readonly batch: string;
  readonly day: Day;
  readonly after?: string | undefined;
  readonly last: string;
}): Promise<DayLetter[]> {
  const { day, last } = batch;
  const found: DayLetter[] = [];
  for (let { after } = batch; ; ) {
    const { letters, next } = await lettersToPrint({ day, after, limit: 100 });
    found.push(...letters.filter((one) => one.batch === batch.batch && one.holder <= last));
    if (next === undefined || next >= last) return found;
    after = next;
  }
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
