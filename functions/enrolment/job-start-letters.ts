import * as z from 'zod';
import { env } from '#shared/env.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { printPk, sendingShards } from './due.ts';
import { isAnybodyDue } from './due-store.ts';
import { orderDepartment } from './order-department.ts';
import { departmentsToWrite } from './rules/letters-due.ts';
import { allWaves } from './wave-store.ts';

const { LETTER_WAIT_DAYS: days } = env({ LETTER_WAIT_DAYS: z.coerce.number().int().min(0) });

/** Départements that are asked at once, each in all its shards. */
const lanes = 4;

async function isAnybodyToWriteTo(department: string): Promise<boolean> {
  for (let shard = 0; shard < sendingShards; shard++)
    if (await isAnybodyDue(printPk(department, shard))) return true;
  return false;
}

/**
 * Orders the letters of each département whose wave was sent some days ago and in which somebody waits for one
 * (ENR-1). Beside an agent's order, or done twice, there is one order: what is being printed is not ordered again.
 */
export async function startLetters(now: number): Promise<string[]> {
  const waves = await allWaves();
  const ordered: string[] = [];
  const actor = { kind: 'system', id: 'start-letters' } as const;
  await inLanes(
    departmentsToWrite(waves, { today: parisDay(now), days }),
    lanes,
    async (department) => {
      if (!(await isAnybodyToWriteTo(department))) return;
      const order = { actor, channel: 'clock', now, unlessRunning: true } as const;
      if (await orderDepartment(department, order)) ordered.push(department);
    },
  );
  return ordered;
}
