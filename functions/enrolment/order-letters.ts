import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { agentAs } from './agents.ts';
import { orderDepartment } from './order-department.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import type { LetterOrder } from './schema-letters.ts';
import { loadWave } from './wave-store.ts';

export const orderLetters = operation(routes.orderLetters, async ({ body, caller, now }) => {
  const agent = agentAs(['campaign'], caller);
  const departments = await departmentsOf(body);
  for (const department of departments)
    await orderDepartment(department, { actor: actorOf(agent), channel: 'api', now });
  return { status: 202, body: { departments, orderedAt: new Date(now).toISOString() } };
});

async function departmentsOf(ordered: LetterOrder): Promise<readonly string[]> {
  if ('department' in ordered) return [ordered.department];
  const wave = await loadWave(ordered.wave);
  if (!wave) throw refuse('unknown-wave');
  return wave.departments;
}
