import { activeKey, keyAt } from './branch-keys.ts';
import { type Context, open, seal, sealedUnder } from './envelope.ts';
import { mustBeWhole } from './integrity.ts';

/** Seals a small value as JSON under the active key of a branch. */
export async function sealSmall(
  branch: string,
  value: unknown,
  context: Context,
): Promise<Uint8Array> {
  return seal(Buffer.from(JSON.stringify(value), 'utf8'), await activeKey(branch), context);
}

/**
 * Opens a small value; its shape is the caller's to parse. An `IntegrityError` when it is not what was sealed
 * under this context.
 */
export async function openSmall(envelope: Uint8Array, context: Context): Promise<unknown> {
  const branch = await keyAt(mustBeWhole(() => sealedUnder(envelope)));
  return JSON.parse(mustBeWhole(() => open(envelope, branch, context)).toString('utf8'));
}
