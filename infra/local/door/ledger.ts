import type { Units } from './capacity.ts';
import type { Permission } from './rights.ts';

export interface Exercised extends Permission {
  /** Labels that tests gave while it was used; '' is use outside any test. */
  readonly tests: readonly string[];
}

export interface Refused extends Permission {
  readonly times: number;
  readonly tests: readonly string[];
}

export interface Count {
  readonly function: string;
  /** The operation called, e.g. `dynamodb:TransactWriteItems`. */
  readonly action: string;
  readonly calls: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

export interface Ledger {
  label(test: string): void;
  exercise(used: Permission): void;
  refuse(refused: Permission): void;
  count(call: { function: string; action: string; units: Units }): void;
  exercised(): readonly Exercised[];
  refused(): readonly Refused[];
  counts(): readonly Count[];
  forgetRefused(): void;
  forgetCounts(): void;
  /** Whether transactions are to be weighed exactly, which reads their items before and after. */
  weighs(): boolean;
  weigh(exactly: boolean): void;
}

/** What passed the door in this run of the world: permissions used and missed, calls and capacity units. */
export function createLedger(): Ledger {
  let test = '';
  let exactly = false;
  const used = new Map<string, Permission & { tests: Set<string> }>();
  let missed = new Map<string, Permission & { times: number; tests: Set<string> }>();
  let counted = new Map<string, { -readonly [K in keyof Count]: Count[K] }>();
  const keyOf = (one: Permission) => `${one.function} ${one.permission}`;
  return {
    label(name) {
      test = name;
    },
    exercise(permission) {
      const key = keyOf(permission);
      const entry = used.get(key) ?? { ...permission, tests: new Set<string>() };
      entry.tests.add(test);
      used.set(key, entry);
    },
    refuse(permission) {
      const key = keyOf(permission);
      const entry = missed.get(key) ?? { ...permission, times: 0, tests: new Set<string>() };
      entry.times += 1;
      entry.tests.add(test);
      missed.set(key, entry);
    },
    count({ function: id, action, units }) {
      const key = `${id} ${action}`;
      const entry = counted.get(key) ?? {
        function: id,
        action,
        calls: 0,
        writeUnits: 0,
        readUnits: 0,
      };
      entry.calls += 1;
      entry.writeUnits += units.write;
      entry.readUnits += units.read;
      counted.set(key, entry);
    },
    exercised: () =>
      [...used.values()].map((one) => ({ ...one, tests: [...one.tests].filter(Boolean) })),
    refused: () =>
      [...missed.values()].map((one) => ({ ...one, tests: [...one.tests].filter(Boolean) })),
    counts: () => [...counted.values()].map((one) => ({ ...one })),
    forgetRefused() {
      missed = new Map();
    },
    forgetCounts() {
      counted = new Map();
    },
    weighs: () => exactly,
    weigh(wished) {
      exactly = wished;
    },
  };
}
