import type fc from 'fast-check';
import type { Person } from './person.ts';
import type { System } from './system.ts';

export interface Model {
  readonly people: Person[];
  now: number;
  /** How often each act met somebody in each state. */
  readonly met: Map<string, number>;
}
export interface Real {
  readonly system: System;
  /** Faults of the door for the next calls of this process. */
  trouble(kind: string): Promise<void>;
}
export type Command = fc.AsyncCommand<Model, Real>;

/** An answer or a standing that the model did not expect. */
export class Deviates extends Error {
  override readonly name = 'Deviates';
}

/** Notes that an act met somebody as he stands. */
export function meet({ met }: Model, act: string, { state }: Person): void {
  const key = `${act}|${state}`;
  met.set(key, (met.get(key) ?? 0) + 1);
}
