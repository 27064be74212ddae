/**
 * Imported first of all, for its effect: gives this process the environment of the room's functions
 * (with the operator's key), so that their cores run here against the world's engines.
 */
import process from 'node:process';
import { inject } from 'vitest';
import { attachWorld } from '#test/support/world.ts';

export const world = attachWorld(inject('world'));

const { accessKeyId, secretAccessKey } = world.info.operator;
for (const { id, environment } of world.info.functions) {
  if (!id.startsWith('enrolment-')) continue;
  const { PATH: _path, ...variables } = environment;
  Object.assign(process.env, variables);
}
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});
