import * as z from 'zod';
import { env } from '#shared/env.ts';

/** The room's one table; each store keeps its own keys in it. */
export const { STATISTICS_TABLE: TableName } = env({ STATISTICS_TABLE: z.string().min(1) });
