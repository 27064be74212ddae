import * as z from 'zod';

/** As a child's status keeps a guardian. */
export const StoredGuardian = z.object({
  holder: z.string(),
  since: z.iso.datetime({ precision: 3 }),
});
