import type { Shown } from './rules/shown.ts';
import type { PublishedCell } from './schema.ts';

/** A cell as it is told: its path taken apart. */
export function cellOf({ path, value, asOf }: Shown): PublishedCell {
  const names = new Map(
    path
      .split('/')
      .slice(1)
      .map((part) => {
        const at = part.indexOf(':');
        return [part.slice(0, at), part.slice(at + 1)] as const;
      }),
  );
  return { ...Object.fromEntries(names), count: value ?? null, asOf: asOf ?? null };
}
