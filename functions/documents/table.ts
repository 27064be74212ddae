import * as z from 'zod';
import { env } from '#shared/env.ts';

/** Where documents are filed. */
export const { DOCUMENTS_TABLE: TableName } = env({ DOCUMENTS_TABLE: z.string().min(1) });

/** All that is filed of a holder. */
export const pkOf = (holder: string): string => `H#${holder}`;
