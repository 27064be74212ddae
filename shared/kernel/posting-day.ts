import { type Day, parisDay } from './calendar.ts';

/** Whether a day told of a posting can be: not before the batch was there, not in the future. Instants are milliseconds. */
export function judgePostingDay(told: { on: Day; readyAt: number; reportedAt: number }) {
  if (told.on > parisDay(told.reportedAt)) return 'posted-in-the-future';
  return told.on < parisDay(told.readyAt) ? 'posted-before-batch' : 'possible';
}

/** Whether a day told of a return can be: not before the posting, not in the future. */
export function judgeReturnDay(told: { on: Day; postedOn: Day; reportedAt: number }) {
  if (told.on > parisDay(told.reportedAt)) return 'returned-in-the-future';
  return told.on < told.postedOn ? 'returned-before-posting' : 'possible';
}
