const words = ['', 'une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit'];

/** A number of days as a letter says it: weeks where they are whole, `six semaines`. */
export function howLong(days: number): string {
  const weeks = days / 7;
  if (!Number.isInteger(weeks)) return `${days} jours`;
  return `${words[weeks] ?? weeks} ${weeks === 1 ? 'semaine' : 'semaines'}`;
}
