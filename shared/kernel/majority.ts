import { type Day, parisDay } from './calendar.ts';

/**
 * Whether somebody who comes of age on a day is a minor at an instant (ms): until midnight in Paris, when
 * that day begins (MIN-5). Who was born on a 29th of February has completed his years when the 28th is over.
 */
export function isMinor({ adultOn }: { readonly adultOn: Day }, at: number): boolean {
  return parisDay(at) < adultOn;
}
