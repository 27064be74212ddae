import * as z from 'zod';
import { env } from '../env.ts';

export const { JOURNAL_TABLE: TableName } = env({ JOURNAL_TABLE: z.string().min(1) });

/** A chain is a partition: one holder, one lane. */
export const chainPk = (holder: string, lane: number): string =>
  `${holder}#${String(lane).padStart(2, '0')}`;

/** A line's number as it is sorted. */
export const lineSk = (seq: number): string => String(seq).padStart(12, '0');
