import * as z from 'zod';
import { env } from '#shared/env.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { type Ordering, orderDepartment } from './order-department.ts';
import { departmentsToWrite } from './rules/letters-due.ts';
import { allWaves } from './wave-store.ts';
import { isAnyInvitation, wishedDepartments } from './wish-store.ts';

const { LETTER_WAIT_DAYS: days } = env({ LETTER_WAIT_DAYS: z.coerce.number().int().min(0) });

/** Départements that are asked at once, each in all its shards. */
const lanes = 4;

/**
 * Orders the letters of each département whose wave was sent some days ago and in which somebody waits for one
 * (ENR-1), and those that were asked for (ENR-12) of any département, whatever becomes of its waves. Beside an agent's
 * order, or done twice, there is one order: what is being printed is not ordered again.
 */
export async function startLetters(now: number): Promise<string[]> {
  const waves = await allWaves();
  const wished = await wishedDepartments();
  const toWrite = new Set(departmentsToWrite(waves, { today: parisDay(now), days }));
  const ordered: string[] = [];
  const actor = { kind: 'system', id: 'start-letters' } as const;
  const order = { actor, channel: 'clock', now, unlessRunning: true } as const;
  await inLanes(new Set([...toWrite, ...wished]), lanes, async (department) => {
    const isForAll = toWrite.has(department) && (await isAnyInvitation(department));
    if (!isForAll && !wished.has(department)) return;
    const ordering: Ordering = isForAll ? order : { ...order, wishesOnly: true };
    if (await orderDepartment(department, ordering)) ordered.push(department);
  });
  return ordered;
}
