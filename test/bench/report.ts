import { mkdirSync, writeFileSync } from 'node:fs';
import { isNoisy, type Ratio } from './rounds.ts';

export interface Finding {
  readonly name: string;
  readonly isMet: boolean;
  readonly line: string;
  readonly figures: Readonly<Record<string, unknown>>;
}

const two = (value: number): string => value.toFixed(2);

/** A goal over a ratio of times; missed only when medians and best times both miss it. */
export function timed(
  name: string,
  asked: { ratio: Ratio; least: number; noise?: Ratio; more?: string },
): Finding {
  const { ratio, least, noise, more } = asked;
  const isMet = ratio.medians >= least || ratio.bests >= least;
  const told = [
    `${two(ratio.medians)} (best times ${two(ratio.bests)}), goal ≥ ${two(least)}`,
    noise && `baseline against itself ${two(noise.medians)}`,
    noise && isNoisy(noise) && 'machine too noisy',
    more,
  ];
  const line = `${name}: ${told.filter(Boolean).join('; ')}`;
  return { name, isMet, line, figures: { ...ratio, least, noise: noise?.medians } };
}

/** A goal over an exact figure. */
export function exact(
  name: string,
  asked: { value: number; most: number; unit: string; more?: string },
): Finding {
  const { value, most, unit, more } = asked;
  const line = `${name}: ${two(value)} ${unit}, goal ≤ ${two(most)}${more ? `; ${more}` : ''}`;
  return { name, isMet: value <= most, line, figures: { value, most, unit } };
}

/** Calls of both sides, so that anybody sees that the same was done. */
export function callsLine(calls: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  return Object.entries(calls).map(([side, counted]) => {
    const told = Object.entries(counted).map(([operation, times]) => `${operation} ${times}`);
    return `       calls, ${side}: ${told.join(', ')}`;
  });
}

export function say({ isMet, line }: Finding): void {
  console.log(`${isMet ? 'ok    ' : 'MISSED'} ${line}`);
}

/** Leaves the figures for other programs. */
export function keep(file: string, told: unknown): void {
  mkdirSync('.local', { recursive: true });
  writeFileSync(file, `${JSON.stringify(told, null, 2)}\n`);
}
