import { activeKey, keyAt } from './branch-keys.ts';
import { type Context, open, seal, sealedUnder } from './envelope.ts';

/** Seals a small value as JSON under the active key of a branch. */
export async function sealSmall(
  branch: string,
  value: unknown,
  context: Context,
): Promise<Uint8Array> {
  return seal(Buffer.from(JSON.stringify(value), 'utf8'), await activeKey(branch), context);
}

/** Opens a small value; its shape is the caller's to parse. */
export async function openSmall(envelope: Uint8Array, context: Context): Promise<unknown> {
  const branch = await keyAt(sealedUnder(envelope));
  return JSON.parse(open(envelope, branch, context).toString('utf8'));
}
