import type { ClosureChannel, ClosureCheck } from '../schema-agent-closure.ts';

type Needs = Readonly<Record<ClosureChannel, readonly ClosureCheck[]>>;

interface Since {
  /** First day in Paris on which it holds; the latest that has begun counts. */
  readonly from: string;
  /** Of the agent who takes down that somebody wants his record closed, by the way it came. */
  readonly asking: Needs;
  /** Of the other one who calls, writes or meets him, by the way he was reached. */
  readonly calling: Needs;
}

/**
 * What agents must have checked before they close a record for somebody, or have it deleted. Our own choice, from
 * the day of the decree on the opening (2021-1048); a change is a new entry, the old ones stay.
 */
export const closureChecks: readonly Since[] = [
  {
    from: '2021-08-04',
    asking: {
      phone: ['name', 'birth-date', 'address'],
      post: ['name', 'birth-date', 'signature'],
      desk: ['identity-paper', 'holder-present'],
    },
    calling: {
      phone: ['known-number', 'name', 'birth-date'],
      post: ['known-address', 'signature'],
      desk: ['identity-paper', 'holder-present'],
    },
  },
];
