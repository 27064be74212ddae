import * as z from 'zod';

/**
 * A name or id from outside, as it is believed and as the journal keeps it: one limit, so that no line
 * is committed that cannot be read again.
 */
export const word = z.string().min(1).max(200);
