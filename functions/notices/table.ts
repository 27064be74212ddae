import * as z from 'zod';
import { env } from '#shared/env.ts';

/** Where notices and the letters to be printed stand. */
export const { NOTICES_TABLE: TableName } = env({ NOTICES_TABLE: z.string().min(1) });
