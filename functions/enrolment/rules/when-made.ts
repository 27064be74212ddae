import { dayIn, endOfDay, parisBounds, parisDay, zoneOf } from '#shared/kernel/calendar.ts';

/** An objection as it reached an agent. Instants are milliseconds. */
export interface Telling {
  /** The civil day, or the instant, at which the person made it. */
  readonly madeOn: string;
  readonly department: string;
  /** When the person became known to us. */
  readonly importedAt: number;
  /** When the agent's request was received. */
  readonly receivedAt: number;
}

export type WhenMade =
  | { readonly is: 'made'; readonly at: number }
  | { readonly is: 'made-in-the-future' | 'made-before-import' };

/**
 * When an objection was made, for the deadline (ENR-40). A day counts until its last instant in Paris or where
 * the person lives. The end in Paris says the same and does not change when he moves: a deadline never ends
 * before its day does in Paris, and always before the next one does.
 */
export function whenMade({ madeOn, department, importedAt, receivedAt }: Telling): WhenMade {
  const zone = zoneOf(department);
  const isDay = madeOn.length === 10;
  const instant = isDay ? parisBounds(madeOn).end : Date.parse(madeOn);
  const [here, there] = [parisDay(receivedAt), dayIn(receivedAt, zone)];
  const today = here > there ? here : there;
  if (isDay ? madeOn > today : instant > receivedAt) return { is: 'made-in-the-future' };
  const last = isDay ? Math.max(instant, endOfDay(madeOn, zone)) : instant;
  if (last < importedAt) return { is: 'made-before-import' };
  return { is: 'made', at: Math.min(instant, receivedAt) };
}
