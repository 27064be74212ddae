import * as z from 'zod';

/** A resource as it comes from a stranger: JSON with a type. */
export const AnyResource = z.looseObject({ resourceType: z.string().max(64) });
export type AnyResource = z.infer<typeof AnyResource>;
