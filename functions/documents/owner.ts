import { findByNir } from '#shared/record/lookup.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';

/** The holder of a NIR, undefined for nobody: whether who names a patient names himself. */
export async function ownerOf(ins: string): Promise<string | undefined> {
  return (await findByNir(nirTag(await secretOrNobodys('lookup'), ins)))?.holder;
}
