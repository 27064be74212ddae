import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type OwnWorld, startOwnWorld, TestWorldInfo } from '#test/support/world.ts';
import { clientsOf } from './clients.ts';

export const victims = ['our process', 'Java', 'both'] as const;
export type Victim = (typeof victims)[number];

/** Kills without a chance to tidy up, and brings the world back: on its folder, or by its own care for Java. */
export async function killAndRevive(
  victim: Victim,
  { world, folder, stop }: { world: OwnWorld; folder: string; stop: () => Promise<void> },
): Promise<{ world: OwnWorld; backMs: number }> {
  const { pids } = TestWorldInfo.parse(await world.control('GET', '/world.json'));
  if (victim !== 'our process') process.kill(pids.database, 'SIGKILL');
  if (victim === 'Java') {
    const begun = performance.now();
    await stop();
    await untilAnswers(world);
    const backMs = performance.now() - begun;
    return { world, backMs };
  }
  await world.kill();
  await stop();
  const begun = performance.now();
  const next = await startOwnWorld({ folder });
  const backMs = performance.now() - begun;
  return { world: next, backMs };
}

async function untilAnswers(world: OwnWorld): Promise<void> {
  const { database, table: TableName } = await clientsOf(world);
  const until = performance.now() + 60_000;
  const look = new GetCommand({ TableName, Key: { pk: 'SOAK#none', sk: 'A' } });
  const answers = () =>
    database.send(look).then(
      () => true,
      () => false,
    );
  while (!(await answers())) {
    if (performance.now() > until) throw new Error('Java did not come back within a minute.');
    await wait(50);
  }
}
