import { operation } from '#shared/http/operation.ts';
import { routes } from './routes.ts';
import { refuse } from './rules.ts';
import { asTold, loadProgress, loadWave } from './wave-store.ts';

export const readWave = operation(routes.readWave, async ({ params: { wave } }) => {
  const found = await loadWave(wave);
  if (!found) throw refuse('unknown-wave');
  return { status: 200, body: { ...asTold(found), progress: await loadProgress(wave) } };
});
