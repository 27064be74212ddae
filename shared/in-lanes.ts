/** Runs an act over items, so many at a time; stops taking new ones after the first failure and throws it. */
export async function inLanes<T>(
  items: Iterable<T> | AsyncIterable<T>,
  lanes: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const source = (async function* () {
    yield* items;
  })();
  const failures: unknown[] = [];
  const lane = async () => {
    while (failures.length === 0) {
      const next = await source.next();
      if (next.done) return;
      await act(next.value);
    }
  };
  const run = () => lane().catch((error: unknown) => void failures.push(error));
  await Promise.all(Array.from({ length: lanes }, run));
  if (failures.length > 0) throw failures[0];
}
