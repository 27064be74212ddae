import type { OppositionChannel, OppositionCheck } from '../schema.ts';

interface Since {
  /** First day in Paris on which it holds; the latest that has begun counts. */
  readonly from: string;
  readonly needs: Readonly<Record<OppositionChannel, readonly OppositionCheck[]>>;
}

/**
 * What an agent must have checked before he takes an objection, by the way it came. Our own choice, from
 * the day of the decree on the opening (2021-1048); a change is a new entry, the old ones stay.
 */
export const oppositionChecks: readonly Since[] = [
  {
    from: '2021-08-04',
    needs: {
      phone: ['name', 'birth-date', 'address'],
      post: ['name', 'birth-date', 'signature'],
      desk: ['identity-paper'],
    },
  },
];
