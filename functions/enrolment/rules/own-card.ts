import { addYears, type Day, isRealDay, parisDay } from '#shared/kernel/calendar.ts';
import type { Status } from '../stored.ts';
import { guardiansOf } from './judge-child.ts';

/**
 * The days on which somebody may have been born who comes of age on a day: two where that is a 1st of March, since who
 * was born on a 29th of February is of age then, too.
 */
export function birthDaysOf(adultOn: Day, majorityAge: number): Day[] {
  const day = addYears(adultOn, -majorityAge);
  const leapDay = `${day.slice(0, 4)}-02-29`;
  return adultOn.endsWith('-03-01') && isRealDay(leapDay) ? [day, leapDay] : [day];
}

/** Whether somebody has an age, in years, at an instant (ms): from midnight in Paris, when his birthday begins. */
export const hasAge = (born: Day, age: number, at: number): boolean =>
  parisDay(at) >= addYears(born, age);

/**
 * Whether a minor may have an account of his own beside his guardians (MIN-4): only of a record that is there. Whether
 * there is to be one is theirs to decide until he is of age.
 */
export const mayHaveAccount = ({ status }: Pick<Status, 'status'>): boolean =>
  status === 'open' || status === 'activated';

/** Whom the insurance body attaches a minor to, who acts for him, who did, and whose authority was taken: each once. */
export function everyGuardian(status: Status): string[] {
  const { attachedTo, barred = [], former = [] } = status.child ?? {};
  const acting = guardiansOf(status).map(({ holder }) => holder);
  const all = [...(attachedTo === undefined ? [] : [attachedTo]), ...acting, ...barred, ...former];
  return [...new Set(all)];
}
