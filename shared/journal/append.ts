import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { cancellation, isConditionFailed, isPassing } from '../aws/faults.ts';
import { type Actions, Rivalled, transact } from '../aws/transact.ts';
import { pause } from '../pause.ts';
import { loadHead, loadSince } from './head.ts';
import { type Entry, type Head, nextLine } from './line.ts';
import type { JournalLine } from './schema.ts';
import { journalWrite } from './write.ts';

/** An act in one of the lanes of reads and deposits (`laneOf`); lane 0's head is the status item's. */
export type LaneEntry = Entry & { readonly lane: number };

export interface Appending {
  /** What is written with the line, all or nothing; nothing unless given (then one plain put). */
  readonly beside?: (line: JournalLine) => Actions | Promise<Actions>;
  /** Read beforehand, beside other reads; read here unless given. A stale one costs a round. */
  readonly head?: Head;
}

/** So many may come between before the caller is told to try again. */
const mostRounds = 12;

/**
 * Appends a line to its lane, alone or with the change that it tells, and returns it: when this
 * returns, the line is kept. A rival's line in between costs a fresh look at the lane's end; a write
 * whose answer was lost is found by the line's id and not made twice. Throws the cancellation where a
 * condition of `beside` failed, `Rivalled` where rivals kept coming.
 */
export async function appendLine(entry: LaneEntry, given: Appending = {}): Promise<JournalLine> {
  const { holder, lane } = entry;
  let head = given.head ?? (await loadHead(holder, lane));
  for (let round = 0; round < mostRounds; round++) {
    const { line } = nextLine(head, entry);
    try {
      await write(line, await given.beside?.(line));
      return line;
    } catch (error) {
      if (!isLostRace(error)) throw error;
    }
    const { lines, head: now } = await loadSince({ holder, lane, seq: line.seq });
    const own = lines.find(({ id }) => id === entry.id);
    if (own) return own;
    head = now;
    if (round > 0) await pause(round);
  }
  throw new Rivalled();
}

async function write(line: JournalLine, beside: Actions = []): Promise<void> {
  const first = journalWrite(line);
  if (beside.length === 0) await dynamo.send(new PutCommand(first.Put));
  else await transact([first, ...beside]);
}

/** Whether the number was taken by another line, or another transaction had its hand on an item. */
function isLostRace(error: unknown): boolean {
  if (isConditionFailed(error)) return true;
  const reasons = cancellation(error);
  return reasons !== undefined && (reasons[0] === 'ConditionalCheckFailed' || isPassing(error));
}
