import type { Day } from '#shared/kernel/calendar.ts';

/** The decade in which somebody was born, as its first year: coarse, and the same for life. */
export function cohortOf(birthDate: Day): string {
  return `${birthDate.slice(0, 3)}0`;
}
