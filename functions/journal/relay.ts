import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { events } from '#shared/aws/events.ts';
import type { Streamed } from '#shared/entry/stream.ts';
import { env } from '#shared/env.ts';
import type { JournalLine } from '#shared/journal/schema.ts';

const { EVENT_BUS: EventBusName } = env({ EVENT_BUS: z.string().min(1) });

/** Most entries one call takes. */
const perCall = 10;

/** A reference to a line: who wants more reads the line itself, with a right to do so. */
function referenceTo({ holder, lane, seq, action, object }: JournalLine): string {
  const { department, wave } = object;
  return JSON.stringify({ holder, lane, seq, action, department, wave });
}

/** Puts references on the house bus, in order; answers the first line that the bus did not take. */
export async function relay(lines: readonly Streamed[]): Promise<string | undefined> {
  for (let from = 0; from < lines.length; from += perCall) {
    const some = lines.slice(from, from + perCall);
    const Entries = some.map(({ line }) => ({
      EventBusName,
      Source: 'mes.journal',
      DetailType: line.action,
      Detail: referenceTo(line),
    }));
    const answer = await events.send(new PutEventsCommand({ Entries }));
    const refused = answer.Entries?.findIndex(({ ErrorCode }) => ErrorCode !== undefined) ?? -1;
    if (refused >= 0) return some[refused]?.sequence;
  }
  return undefined;
}
