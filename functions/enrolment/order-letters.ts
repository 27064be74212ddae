import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { genesis } from '#shared/journal/line.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actorOf, agentAs } from './agents.ts';
import { loadOrder, orderWrite } from './letter-store.ts';
import { append } from './lines.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import type { LetterOrder } from './schema-letters.ts';
import { loadWave } from './wave-store.ts';

export const orderLetters = operation(routes.orderLetters, async ({ body, caller, now }) => {
  const agent = agentAs(['campaign'], caller);
  const departments = await departmentsOf(body);
  for (const department of departments) await order(department, actorOf(agent), now);
  return { status: 202, body: { departments, orderedAt: new Date(now).toISOString() } };
});

async function departmentsOf(ordered: LetterOrder): Promise<readonly string[]> {
  if ('department' in ordered) return [ordered.department];
  const wave = await loadWave(ordered.wave);
  if (!wave) throw refuse('unknown-wave');
  return wave.departments;
}

/** Notes that a département's letters are to be printed; the line on the house bus starts the work. */
async function order(department: string, actor: Actor, now: number): Promise<void> {
  const id = newId();
  await untilUnrivalled(async () => {
    const stands = await loadOrder(department);
    const { next, line } = append(
      {
        ...{ version: 0, headSeq: genesis.seq, headHash: genesis.hash },
        ...stands,
        ...{ department, state: 'running' as const, orderedAt: new Date(now).toISOString() },
      },
      `letters:${department}`,
      {
        ...{ id, at: now, actor, channel: 'api', action: 'enrolment/order-letters' },
        object: { kind: 'letters', id: department, department },
        visible: 'operator',
      },
    );
    await transact([orderWrite(next, stands?.version), journalWrite(line)]);
  });
}
