import * as z from 'zod';
import { isRealDay } from '../kernel/calendar.ts';

/** A civil day, `YYYY-MM-DD`, that the calendar has; else `no-such-day`. */
export const day = z
  .string()
  .max(10)
  .superRefine((text, issue) => {
    if (!isRealDay(text)) issue.addIssue({ code: 'custom', params: { reason: 'no-such-day' } });
  });
