/**
 * Two-sample Kolmogorov-Smirnov test: the largest distance of two samples' distributions, and how likely one as large
 * is when both are drawn from one (asymptotic, with Stephens' correction for small samples; Numerical Recipes 14.3.3).
 */
export function kolmogorov(
  first: readonly number[],
  second: readonly number[],
): { readonly distance: number; readonly p: number } {
  const distance = largestDistance(
    first.toSorted((a, b) => a - b),
    second.toSorted((a, b) => a - b),
  );
  const size = Math.sqrt((first.length * second.length) / (first.length + second.length));
  return { distance, p: likelihood((size + 0.12 + 0.11 / size) * distance) };
}

/** Of two sorted samples; equal values are passed together. */
function largestDistance(first: readonly number[], second: readonly number[]): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const [one = 0, other = 0] = [first[i], second[j]];
    const value = Math.min(one, other);
    while (first[i] === value) i++;
    while (second[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / first.length - j / second.length));
  }
  return largest;
}

/** Q(λ) = 2 Σ (-1)^(k-1) exp(-2 k² λ²); 1 where λ is so small that the series says nothing. */
function likelihood(lambda: number): number {
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++)
    sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}
