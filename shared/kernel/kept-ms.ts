/** A destroyed key still opens from a warm cache for this long; certificates of deletion wait for it. */
export const keptMs = 5 * 60_000;
