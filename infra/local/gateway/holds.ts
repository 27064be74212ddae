/** Requests stamped at arrival and kept from their function until released: to let a deadline pass in between. */
export interface Holds {
  hold(path: string): number;
  /** Resolves at once when no hold fits the path, else at its release. */
  pass(path: string): Promise<void>;
  list(): readonly { readonly hold: number; readonly path: string; readonly held: number }[];
  release(): void;
}

export function createHolds(): Holds {
  let holds: { hold: number; path: string; waiting: (() => void)[] }[] = [];
  let last = 0;
  return {
    hold(path) {
      last += 1;
      holds.push({ hold: last, path, waiting: [] });
      return last;
    },
    pass(path) {
      const found = holds.find((one) => one.path === path);
      return found === undefined
        ? Promise.resolve()
        : new Promise((resolve) => found.waiting.push(resolve));
    },
    list: () => holds.map(({ hold, path, waiting }) => ({ hold, path, held: waiting.length })),
    release() {
      const released = holds.flatMap((one) => one.waiting);
      holds = [];
      for (const go of released) go();
    },
  };
}
