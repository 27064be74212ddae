import * as z from 'zod';
import type { Place } from './place.ts';
import { secretOf } from './secrets.ts';

const Params = z.object({ memoryKiB: z.int(), passes: z.int(), parallelism: z.int() });

/** What the enrolment room hashes codes and makes tags with. */
export async function roomSecrets(place: Place, functionId: string) {
  const environment = place.world.info.functions.find(({ id }) => id === functionId)?.environment;
  return {
    lookup: await secretOf(place, 'lookup'),
    pepper: await secretOf(place, 'pepper'),
    params: Params.parse(JSON.parse(environment?.CODE_HASH ?? '')),
  };
}
