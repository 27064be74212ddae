/**
 * Imported first of all, for its effect: gives this process the environment of all functions (with the
 * operator's key), so that the room's cores run here against the world's engines.
 */
import process from 'node:process';
import { world } from '../enrolment/races/in-process.ts';

export { world };

for (const { environment } of world.info.functions) {
  const { PATH: _path, ...variables } = environment;
  for (const [name, value] of Object.entries(variables)) process.env[name] ??= value;
}
