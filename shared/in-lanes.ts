/** Runs an act over items, so many at a time; stops taking new ones after the first failure and throws it. */
export async function inLanes<T>(
  items: Iterable<T> | AsyncIterable<T>,
  lanes: number,
  act: (item: T, lane: number) => Promise<void>,
): Promise<void> {
  const source = (async function* () {
    yield* items;
  })();
  const failures: unknown[] = [];
  const run = async (lane: number) => {
    while (failures.length === 0) {
      const next = await source.next();
      if (next.done) return;
      await act(next.value, lane);
    }
  };
  const started = Array.from({ length: lanes }, (_, lane) =>
    run(lane).catch((error: unknown) => void failures.push(error)),
  );
  await Promise.all(started);
  if (failures.length > 0) throw failures[0];
}
