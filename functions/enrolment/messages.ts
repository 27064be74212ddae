import * as z from 'zod';
import { clockParts, openingShards, sendingShards } from './due.ts';

const shardsPerSending = 4;
const shardsPerOpening = 8;
export const sendingParts = sendingShards / shardsPerSending;
export const openingParts = openingShards / shardsPerOpening;

/** A part of a wave to be sent: some shards of one département. */
export const SendingMessage = z.strictObject({
  wave: z.string(),
  department: z.string(),
  quarter: z
    .int()
    .min(0)
    .max(sendingParts - 1),
});
export type SendingMessage = z.infer<typeof SendingMessage>;

/** A part of a passed deadline to be opened: some of its shards. */
export const OpeningMessage = z.strictObject({
  deadlineAt: z.iso.datetime({ precision: 3 }),
  part: z
    .int()
    .min(0)
    .max(openingParts - 1),
});
export type OpeningMessage = z.infer<typeof OpeningMessage>;

/** A part of a deadline whose people are to be reminded of it, so many days before its end. */
export const RemindingMessage = z.strictObject({
  ...OpeningMessage.shape,
  remindDays: z.int().min(1),
});
export type RemindingMessage = z.infer<typeof RemindingMessage>;

/** Which work that is: one for each deadline and reminder. */
export const remindingOf = (of: Pick<RemindingMessage, 'deadlineAt' | 'remindDays'>) =>
  ({ kind: 'REMINDING', of: `${of.deadlineAt}#${of.remindDays}` }) as const;

/** A part of what the clock does about single people: one of its partitions of the due index. */
export const DeletionMessage = z.strictObject({
  shard: z
    .int()
    .min(0)
    .max(clockParts.length - 1),
});
export type DeletionMessage = z.infer<typeof DeletionMessage>;

const run = (from: number, length: number): number[] =>
  Array.from({ length }, (_, i) => from * length + i);

export const sendingShardsOf = (quarter: number): number[] => run(quarter, shardsPerSending);
export const openingShardsOf = (part: number): number[] => run(part, shardsPerOpening);

/** A département whose letters are to be printed on. */
export const LettersMessage = z.strictObject({ department: z.string() });
export type LettersMessage = z.infer<typeof LettersMessage>;

/** A wave in whose départements people are still to be freed. */
export const FreeingMessage = z.strictObject({ freed: z.string() });
export type FreeingMessage = z.infer<typeof FreeingMessage>;
