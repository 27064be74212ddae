import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { genesis } from '#shared/journal/line.ts';
import type { Actor, JournalLine } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { loadOrder, orderWrite } from './letter-store.ts';
import { append } from './lines.ts';

export interface Ordering {
  readonly actor: Actor;
  readonly channel: JournalLine['channel'];
  /** Milliseconds. */
  readonly now: number;
  /** An order of the last day that is being carried out is enough: nothing is written, and the answer is false. */
  readonly unlessRunning?: true;
  /** Only letters that were asked for; an order for all that is being carried out stays one. */
  readonly wishesOnly?: true;
}

/** Notes that a département's letters are to be printed; the line on the house bus starts the work. */
export function orderDepartment(
  department: string,
  { actor, channel, now, unlessRunning, wishesOnly }: Ordering,
): Promise<boolean> {
  const id = newId();
  return untilUnrivalled(async () => {
    const stands = await loadOrder(department);
    const isRunning = stands?.state === 'running';
    const isEnough = wishesOnly === true || stands?.wishesOnly !== true;
    if (unlessRunning && isRunning && isEnough && isFresh(stands.orderedAt, now)) return false;
    const isNarrow = wishesOnly === true && !(isRunning && stands.wishesOnly !== true);
    const { wishesOnly: _w, ...before } = stands ?? {};
    const { next, line } = append(
      {
        ...{ version: 0, headSeq: genesis.seq, headHash: genesis.hash },
        ...before,
        ...(isNarrow ? { wishesOnly: true as const } : {}),
        ...{ department, state: 'running' as const, orderedAt: new Date(now).toISOString() },
      },
      `letters:${department}`,
      {
        ...{ id, at: now, actor, channel, action: 'enrolment/order-letters' },
        object: { kind: 'letters', id: department, department },
        visible: 'operator',
      },
    );
    await transact([orderWrite(next, stands?.version), journalWrite(line)]);
    return true;
  });
}

const dayMs = 86_400_000;

/** An order that is carried out for longer has lost whoever carried it out: it is given again. */
const isFresh = (orderedAt: string, now: number): boolean => now - Date.parse(orderedAt) < dayMs;
