import { mkdirSync, writeFileSync } from 'node:fs';
import { isNoisy, type Ratio } from './rounds.ts';

export type Outcome = 'ok' | 'MISSED' | 'unsure';

export interface Finding {
  readonly name: string;
  /** `unsure`: missed, on a machine whose baseline did not agree with itself. */
  readonly outcome: Outcome;
  readonly line: string;
  readonly figures: Readonly<Record<string, unknown>>;
}

const two = (value: number): string => value.toFixed(2);

interface Timed {
  readonly ratio: Ratio;
  /** The baseline's share of our time that we must reach. */
  readonly least: number;
  readonly noise: Ratio;
  /** Told as times of the baseline (1.25 ×) and not as a share of it (0.80). */
  readonly inTimes?: true;
  readonly more?: string;
}

/** A goal over a ratio of times; missed only when medians and best times both miss it. */
export function timed(name: string, { ratio, least, noise, inTimes, more }: Timed): Finding {
  const isMet = ratio.medians >= least || ratio.bests >= least;
  const told = (share: number) => (inTimes ? `${two(1 / share)} ×` : two(share));
  const parts = [
    `${told(ratio.medians)} (best times ${told(ratio.bests)})`,
    `goal ${inTimes ? '≤' : '≥'} ${told(least)}`,
    `baseline against itself ${two(noise.medians)}${isNoisy(noise) ? ', too noisy' : ''}`,
    ...(more === undefined ? [] : [more]),
  ];
  const outcome = isMet ? 'ok' : isNoisy(noise) ? 'unsure' : 'MISSED';
  const figures = { ...ratio, least, noise: noise.medians };
  return { name, outcome, line: `${name}: ${parts.join('; ')}`, figures };
}

/** A goal over an exact figure. */
export function exact(
  name: string,
  asked: { value: number; most: number; unit: string; more?: string },
): Finding {
  const { value, most, unit, more } = asked;
  const told = (figure: number) =>
    `${Number.isInteger(figure) ? figure : two(figure)} ${unit}`.trim();
  const line = `${name}: ${told(value)}, goal ≤ ${told(most)}${more ? `; ${more}` : ''}`;
  return { name, outcome: value <= most ? 'ok' : 'MISSED', line, figures: { value, most, unit } };
}

/** Calls of both sides, so that anybody sees that the same was done. */
export function callsLine(calls: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  return Object.entries(calls).map(([side, counted]) => {
    const told = Object.entries(counted).map(([operation, times]) => `${operation} ${times}`);
    return `       calls, ${side}: ${told.join(', ')}`;
  });
}

export function say({ outcome, line }: Finding): void {
  console.log(`${outcome.padEnd(6)} ${line}`);
}

/** Leaves the figures for other programs. */
export function keep(file: string, told: unknown): void {
  mkdirSync('.local', { recursive: true });
  writeFileSync(file, `${JSON.stringify(told, null, 2)}\n`);
}
