import * as z from 'zod';
import type { Outcome } from '#infra/local/lambda/function.ts';

const Answer = z.looseObject({ state: z.record(z.string(), z.unknown()).default({}) });

export interface WindowSettings {
  readonly seconds: number;
  readonly shardId: string;
  readonly sourceArn: string;
  readonly now: () => number;
  readonly invoke: (event: unknown) => Promise<Outcome>;
}

/** Tumbling windows of one shard: every invocation carries the shard, the window and the state so far; the window's end is an invocation of its own. */
export function createWindows({ seconds, shardId, sourceArn, now, invoke }: WindowSettings) {
  let open: { start: number; state: Record<string, unknown> } | undefined;
  const length = seconds * 1000;

  async function send(records: readonly unknown[], isFinal: boolean): Promise<Outcome> {
    const { start, state } = open ?? { start: Math.floor(now() / length) * length, state: {} };
    open = { start, state };
    const outcome = await invoke({
      Records: records,
      shardId,
      eventSourceARN: sourceArn,
      window: { start: new Date(start).toISOString(), end: new Date(start + length).toISOString() },
      state,
      isFinalInvokeForWindow: isFinal,
      isWindowTerminatedEarly: false,
    });
    if (outcome.ok) open = { start, state: Answer.safeParse(outcome.result).data?.state ?? {} };
    return outcome;
  }

  async function closeEnded(): Promise<void> {
    if (open === undefined || now() < open.start + length) return;
    await send([], true);
    open = undefined;
  }

  return {
    /** Records into the window of now; a window that ended before is closed first. */
    async deliver(records: readonly unknown[]): Promise<Outcome> {
      await closeEnded();
      return send(records, false);
    },
    closeEnded,
  };
}
