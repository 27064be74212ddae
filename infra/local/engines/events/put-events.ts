import * as z from 'zod';
import type { EventToEmit } from '../engine.ts';
import { AwsFault, parseInput } from '../wire/fault.ts';
import type { Operation } from '../wire/json-engine.ts';

const PutEvents = z.strictObject({
  Entries: z
    .array(
      z.strictObject({
        Source: z.string(),
        DetailType: z.string(),
        Detail: z.string(),
        EventBusName: z.string().optional(),
        Resources: z.array(z.string()).optional(),
        /** Epoch seconds: when the fact happened, if not now. */
        Time: z.number().optional(),
      }),
    )
    .min(1)
    .max(10),
});
type Entry = z.infer<typeof PutEvents>['Entries'][number];

const maxBytes = 1024 * 1024;

/** Each entry by itself: a bad one is told in its place, the others are delivered. */
export function putEvents(emit: (bus: string, event: EventToEmit) => Promise<string>): Operation {
  return async (input) => {
    const { Entries: entries } = parseInput('PutEvents', PutEvents, input);
    if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > maxBytes) {
      const message = 'Total size of the entries in the request is over the limit.';
      throw new AwsFault('ValidationException', message, { status: 413 });
    }
    const Entries: object[] = [];
    for (const entry of entries) Entries.push(await putEntry(entry, emit));
    return { FailedEntryCount: Entries.filter((told) => 'ErrorCode' in told).length, Entries };
  };
}

async function putEntry(entry: Entry, emit: Parameters<typeof putEvents>[0]): Promise<object> {
  const detail = z.record(z.string(), z.unknown()).safeParse(parsed(entry.Detail));
  if (!detail.success)
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (entry.Source.startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  const { Source: source, DetailType: detailType, Resources: resources = [], Time } = entry;
  const time = Time === undefined ? {} : { at: Time * 1000 };
  // A bus is named by its name or its ARN.
  const bus = entry.EventBusName?.split('/').at(-1) ?? 'default';
  try {
    const EventId = await emit(bus, {
      source,
      detailType,
      resources,
      detail: detail.data,
      ...time,
    });
    return { EventId };
  } catch (error) {
    // Nothing was promised yet: the caller is told and sends again, so no event is lost.
    const ErrorCode = error instanceof AwsFault ? error.code : 'InternalFailure';
    return { ErrorCode, ErrorMessage: error instanceof Error ? error.message : 'unknown' };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const sizeOf = ({ Source, DetailType, Detail, Resources = [] }: Entry) =>
  [Source, DetailType, Detail, ...Resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
